import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { Agent } from '#contract/agents.ts';
import { ConfirmDialog } from '#client/components/confirm-dialog.tsx';
import { plural } from '#client/lib/format.ts';
import { toast } from '#client/lib/toast.ts';
import { agentQuery, useUpdateAgent } from './queries.ts';

const NumbersLink = ({ agent, direction, onClose }: { agent: Agent; direction: 'inbound' | 'outbound'; onClose: () => void }) => {
  const count = agent[`${direction}_phone_number_count`];
  if (count === 0) return null;
  return (
    <li>
      <Link
        href={`/numbers?${direction}_agent_id=${encodeURIComponent(agent.ai_agent_id)}`}
        className="rounded-sm font-medium text-ink underline decoration-line-3 underline-offset-3 hover:decoration-current"
        onClick={onClose}
      >
        {plural(count, 'number')}
      </Link>{' '}
      {direction === 'inbound' ? `${count === 1 ? 'is' : 'are'} answered by it` : `${count === 1 ? 'dials' : 'dial'} with it`}
    </li>
  );
};

/** Says what would be left with a retired agent before it is retired. */
export const RetireDialog = ({ agent, onClose }: { agent: Agent; onClose: () => void }) => {
  const update = useUpdateAgent();
  const { data: current = agent } = useQuery({ ...agentQuery(agent.ai_agent_id), staleTime: 0 });
  const { ai_agent_id, agent_name } = agent;
  const set = (agent_status: Agent['agent_status']) => update.mutateAsync({ ai_agent_id, body: { agent_status } });
  const isUnused = current.inbound_phone_number_count + current.outbound_phone_number_count === 0;
  return (
    <ConfirmDialog
      title={`Retire ${agent_name}?`}
      verb="Retire"
      run={async () => {
        await set('retired');
        toast({
          message: `${agent_name} retired`,
          action: { label: 'Undo', run: () => void set('active').catch((thrown: Error) => toast({ message: thrown.message, tone: 'harm' })) },
        });
      }}
      onClose={onClose}
    >
      {isUnused ? (
        <p>No number uses it. It can be reinstated at any time.</p>
      ) : (
        <div className="grid gap-2">
          <p>These numbers would be left with a retired agent. Hand them to another one first, or know that you leave them so:</p>
          <ul className="list-disc pl-5">
            <NumbersLink agent={current} direction="inbound" onClose={onClose} />
            <NumbersLink agent={current} direction="outbound" onClose={onClose} />
          </ul>
        </div>
      )}
    </ConfirmDialog>
  );
};
