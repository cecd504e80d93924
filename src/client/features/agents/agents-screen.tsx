import { AgentPage } from './agent-page.tsx';
import { AgentsPage } from './agents-page.tsx';

/** All agents, or one. */
export const AgentsScreen = ({ agentId }: { agentId: string | undefined }) =>
  agentId === undefined ? <AgentsPage /> : <AgentPage key={agentId} agentId={agentId} />;
