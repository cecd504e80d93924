import { ArchiveIcon, ArchiveRestoreIcon, ArrowRightLeftIcon, PencilIcon } from 'lucide-react';
import { Link } from 'wouter';
import type { Agent } from '#contract/agents.ts';
import { RowMenu } from '#client/components/row-menu.tsx';
import { Cut, Td, Tr } from '#client/components/table.tsx';
import { Badge } from '#client/components/ui/badge.tsx';
import { DropdownMenuItem } from '#client/components/ui/dropdown-menu.tsx';
import { classes } from '#client/lib/classes.ts';
import { firstLetter, formatCount } from '#client/lib/words/format.ts';
import { languageName } from './language-name.ts';

export type AgentAct = 'edit' | 'replace' | 'retire' | 'reinstate';

export const AgentMark = ({ agent_name, agent_status }: Agent) => (
  <span
    aria-hidden="true"
    className="grid size-4.5 shrink-0 place-items-center rounded-[5px] bg-press text-[0.625rem] font-semibold text-ink-2"
  >
    {agent_status === 'retired' ? '–' : firstLetter(agent_name)}
  </span>
);

const Count = ({ agent, direction }: { agent: Agent; direction: 'inbound' | 'outbound' }) => {
  const count = agent[`${direction}_phone_number_count`];
  if (count === 0) return <span className="text-ink-3">0</span>;
  return (
    <Link
      href={`/numbers?${direction}_agent_id=${encodeURIComponent(agent.ai_agent_id)}`}
      aria-label={`${formatCount(count)} ${direction} numbers of ${agent.agent_name}`}
      className={classes(
        '-mx-1.5 inline-block min-w-6 rounded-sm px-1.5 py-1 underline decoration-line-2 underline-offset-3 hover:decoration-current',
        agent.agent_status === 'retired' && 'text-harm',
      )}
    >
      {formatCount(count)}
    </Link>
  );
};

/** `onAct` is absent for whoever may only look. */
export const AgentRow = ({
  agent,
  onAct,
}: {
  agent: Agent;
  onAct?: (act: AgentAct, agent: Agent) => void;
}) => {
  const { ai_agent_id, agent_name, agent_status, language_code } = agent;
  const isRetired = agent_status === 'retired';
  return (
    <Tr>
      <Td className="w-full max-w-0">
        <span className={classes('flex items-center gap-2', isRetired && 'text-ink-3')}>
          <AgentMark {...agent} />
          <Link
            href={`/agents/${encodeURIComponent(ai_agent_id)}`}
            className="grid rounded-sm py-1 font-medium"
          >
            <bdi
              className="truncate underline decoration-transparent underline-offset-3 hover:decoration-line-3"
              title={agent_name}
            >
              {agent_name}
            </bdi>
          </Link>
          {isRetired && <Badge className="shrink-0">Retired</Badge>}
        </span>
      </Td>
      <Td className="text-ink-2 max-sm:hidden">
        {language_code && <Cut className="w-44">{languageName(language_code)}</Cut>}
      </Td>
      <Td className="text-right">
        <Count agent={agent} direction="inbound" />
      </Td>
      <Td className="text-right">
        <Count agent={agent} direction="outbound" />
      </Td>
      {onAct && (
        <Td className="w-10">
          <RowMenu label={`Actions for ${agent_name}`}>
            <DropdownMenuItem onSelect={() => onAct('edit', agent)}>
              <PencilIcon aria-hidden="true" />
              Edit
            </DropdownMenuItem>
            <DropdownMenuItem onSelect={() => onAct('replace', agent)}>
              <ArrowRightLeftIcon aria-hidden="true" />
              Replace everywhere by…
            </DropdownMenuItem>
            {isRetired ? (
              <DropdownMenuItem onSelect={() => onAct('reinstate', agent)}>
                <ArchiveRestoreIcon aria-hidden="true" />
                Reinstate
              </DropdownMenuItem>
            ) : (
              <DropdownMenuItem variant="harm" onSelect={() => onAct('retire', agent)}>
                <ArchiveIcon aria-hidden="true" />
                Retire
              </DropdownMenuItem>
            )}
          </RowMenu>
        </Td>
      )}
    </Tr>
  );
};
