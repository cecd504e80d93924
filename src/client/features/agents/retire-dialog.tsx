import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { Agent } from '#contract/agents.ts';
import { ConfirmDialog } from '#client/components/confirm-dialog.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { plural } from '#client/lib/words/format.ts';
import { toast } from '#client/lib/toast.ts';
import { replaceEverywhere } from './replace-everywhere.ts';
import { agentQuery, routedCountQuery, standInCountQuery, useUpdateAgent } from './acts.ts';

interface NumbersLinkProps {
  agent: Agent;
  /** How the list finds them; what it cannot find is on the agent's page. */
  filter: 'inbound_agent_id' | 'outbound_agent_id' | 'routed_agent_id' | 'stand_in';
  count: number;
  onClose: () => void;
}

const words = {
  inbound_agent_id: ['is answered by it', 'are answered by it'],
  outbound_agent_id: ['dials with it', 'dial with it'],
  routed_agent_id: ['has a rule or a fallback that names it', 'have a rule or a fallback that names it'],
  stand_in: ['has it as a stand-in, now or later', 'have it as a stand-in, now or later'],
} as const;

const NumbersLink = ({ agent, filter, count, onClose }: NumbersLinkProps) => {
  if (count === 0) return null;
  return (
    <li>
      <Link
        href={
          filter === 'stand_in'
            ? `/agents/${encodeURIComponent(agent.ai_agent_id)}`
            : `/numbers?${filter}=${encodeURIComponent(agent.ai_agent_id)}`
        }
        className="rounded-sm font-medium text-ink underline decoration-line-3 underline-offset-3 hover:decoration-current"
        onClick={onClose}
      >
        {plural(count, 'number')}
      </Link>{' '}
      {words[filter][count === 1 ? 0 : 1]}
    </li>
  );
};

/** Says what would be left with a retired agent before it is retired. */
export const RetireDialog = ({ agent, onClose }: { agent: Agent; onClose: () => void }) => {
  const update = useUpdateAgent();
  const { data: current = agent } = useQuery({ ...agentQuery(agent.ai_agent_id), staleTime: 0 });
  const { data: routed = 0 } = useQuery(routedCountQuery(agent.ai_agent_id));
  const { data: standIns = 0 } = useQuery(standInCountQuery(agent.ai_agent_id));
  const { ai_agent_id, agent_name } = agent;
  const { inbound_phone_number_count: inbound, outbound_phone_number_count: outbound } = current;
  const set = (agent_status: Agent['agent_status']) =>
    update.mutateAsync({ ai_agent_id, body: { agent_status } });
  const isUnused = inbound + outbound + routed + standIns === 0;
  const replaceFirst = () => {
    onClose();
    // The focus is back by then where this was opened, and so the next dialog gives it back there.
    setTimeout(() => void replaceEverywhere(agent));
  };
  return (
    <ConfirmDialog
      title={`Retire ${agent_name}?`}
      verb="Retire"
      run={async () => {
        await set('retired');
        toast({
          message: `“${agent_name}” retired`,
          action: {
            label: 'Undo',
            run: () =>
              void set('active').then(
                () => toast({ message: `“${agent_name}” reinstated` }),
                (thrown: Error) => toast({ message: thrown.message, tone: 'harm' }),
              ),
          },
        });
      }}
      onClose={onClose}
      questions={
        !isUnused && (
          <Button variant="outline" className="justify-self-start" onClick={replaceFirst}>
            Replace it everywhere first…
          </Button>
        )
      }
    >
      {isUnused ? (
        <p>
          No number has it as its agent or stand-in, and no rule or fallback names it. It can be reinstated at
          any time.
        </p>
      ) : (
        <div className="grid gap-2">
          <p>
            These numbers would be left with a retired agent. Hand them to another one first, or know that you
            leave them so:
          </p>
          <ul className="list-disc pl-5">
            <NumbersLink agent={agent} filter="inbound_agent_id" count={inbound} onClose={onClose} />
            <NumbersLink agent={agent} filter="outbound_agent_id" count={outbound} onClose={onClose} />
            <NumbersLink agent={agent} filter="routed_agent_id" count={routed} onClose={onClose} />
            <NumbersLink agent={agent} filter="stand_in" count={standIns} onClose={onClose} />
          </ul>
        </div>
      )}
    </ConfirmDialog>
  );
};
