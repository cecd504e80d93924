import { useQuery } from '@tanstack/react-query';
import { Suspense, useRef, useState } from 'react';
import { agentUseKinds } from '#contract/agent-uses.ts';
import type { Agent } from '#contract/agents.ts';
import { ApiError } from '#client/api/api-error.ts';
import { ErrorPanel } from '#client/components/error-panel.tsx';
import { GonePage } from '#client/components/gone-page.tsx';
import { Page, RowsSkeleton } from '#client/components/page.tsx';
import { Badge } from '#client/components/ui/badge.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { useConnections } from '#client/features/connections/queries.ts';
import { useMay } from '#client/features/sessions/queries.ts';
import { lazyPart } from '#client/lib/lazy-part.ts';
import { useReturnToRow } from '#client/lib/left-at.ts';
import { agentQuery } from './acts.ts';
import { AgentUses } from './agent-uses.tsx';
import { languageName } from './language-name.ts';
import { useAgents } from './queries.ts';
import { replaceEverywhere } from './replace-everywhere.ts';
import { UpstreamIds } from './upstream-ids.tsx';
import { useReinstate } from './use-reinstate.ts';

const AgentDialog = lazyPart(() =>
  import('./agent-dialog.tsx').then((file) => ({ default: file.AgentDialog })),
);
const RetireDialog = lazyPart(() =>
  import('./retire-dialog.tsx').then((file) => ({ default: file.RetireDialog })),
);

const Acts = ({ agent }: { agent: Agent }) => {
  const [open, setOpen] = useState<'edit' | 'retire' | null>(null);
  const reinstate = useReinstate();
  const close = () => setOpen(null);
  const isRetired = agent.agent_status === 'retired';
  return (
    <>
      <Button variant="outline" onClick={() => setOpen('edit')}>
        Edit
      </Button>
      <Button variant="outline" onClick={() => void replaceEverywhere(agent)}>
        Replace everywhere by…
      </Button>
      <Button variant="outline" onClick={() => (isRetired ? reinstate(agent) : setOpen('retire'))}>
        {isRetired ? 'Reinstate' : 'Retire'}
      </Button>
      <Suspense fallback={null}>
        {open === 'edit' && <AgentDialog agent={agent} onClose={close} />}
        {open === 'retire' && <RetireDialog agent={agent} onClose={close} />}
      </Suspense>
    </>
  );
};

const Gone = () => (
  <GonePage page="Agent" title="This agent is not here" onward={{ words: 'All agents', href: '/agents' }}>
    The link is not right. Agents are retired and never deleted: look for it among all of them.
  </GonePage>
);

/** One agent, and everything that names it. */
export const AgentPage = ({ agentId }: { agentId: string }) => {
  const mayEdit = useMay('operator');
  const listed = useAgents().data?.find(({ ai_agent_id }) => ai_agent_id === agentId);
  const { data: agent = listed, error, refetch } = useQuery({ ...agentQuery(agentId), staleTime: 0 });
  const { data, isPending } = useConnections();
  const connections = data?.connections;
  const uses = useRef<HTMLDivElement>(null);
  useReturnToRow(uses, true);
  if (agent === undefined) {
    if (error instanceof ApiError && (error.status === 404 || error.status === 422)) return <Gone />;
    return (
      <Page title="Agent">
        {error ? <ErrorPanel error={error} onRetry={() => void refetch()} /> : <RowsSkeleton />}
      </Page>
    );
  }
  const { agent_name, agent_status, language_code } = agent;
  return (
    <Page
      title={agent_name}
      tools={
        <>
          {agent_status === 'retired' && <Badge>Retired</Badge>}
          {language_code !== null && <span className="text-ink-2">{languageName(language_code)}</span>}
        </>
      }
      action={mayEdit && <Acts agent={agent} />}
    >
      <div ref={uses} className="grid max-w-240 grid-cols-[minmax(0,1fr)] gap-7 px-4 py-5">
        {connections && <UpstreamIds agent={agent} connections={connections} />}
        {/* What stands above them is known first: else it would push them down. */}
        {!isPending && agentUseKinds.map((kind) => <AgentUses key={kind} agentId={agentId} kind={kind} />)}
      </div>
    </Page>
  );
};
