import type { Agent } from '#contract/agents.ts';
import { failedMessage } from '#client/api/api-error.ts';
import { toast } from '#client/lib/toast.ts';
import { useUpdateAgent } from './acts.ts';

/** Brings a retired agent back, and says so. */
export const useReinstate = () => {
  const update = useUpdateAgent();
  return ({ ai_agent_id, agent_name }: Agent) =>
    update.mutate(
      { ai_agent_id, body: { agent_status: 'active' } },
      {
        onSuccess: () => toast({ message: `“${agent_name}” reinstated` }),
        onError: (thrown) =>
          toast({ message: failedMessage(`“${agent_name}”`, 'was not reinstated', thrown), tone: 'harm' }),
      },
    );
};
