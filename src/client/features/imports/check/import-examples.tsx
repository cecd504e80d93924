import type { Import } from '#contract/bulk/imports.ts';
import { useAgents } from '#client/features/agents/queries.ts';
import { ChangeList } from '#client/features/audit-events/change-list.tsx';
import { useBusinessHours } from '#client/features/business-hours/queries.ts';

/** A few of the numbers that would be added or changed, field by field, in the words of the history. */
export const ImportExamples = ({ examples }: Pick<Import, 'examples'>) => {
  const agents = useAgents().data;
  const hours = useBusinessHours().data;
  if (examples.length === 0) return null;
  return (
    <section aria-labelledby="import-examples" className="grid grid-cols-[minmax(0,1fr)] gap-1">
      <h2 id="import-examples" className="font-semibold">
        For example
      </h2>
      <ul className="grid grid-cols-[minmax(0,1fr)] divide-y divide-line/60">
        {examples.map(({ phone_number_id: id, phone_number, changes }) => (
          <li
            key={phone_number}
            className="grid grid-cols-[minmax(0,1fr)] gap-x-4 gap-y-0.5 py-2 sm:grid-cols-[17rem_minmax(0,1fr)]"
          >
            <span className="flex items-baseline gap-x-2.5">
              <span className="font-medium whitespace-nowrap">{phone_number}</span>
              <span className="text-ink-3">{id === null ? 'new' : 'changes'}</span>
            </span>
            <ChangeList
              changes={changes}
              isFromNothing={id === null}
              subjectName={phone_number}
              // An agent that is still to be added has no id yet, and goes by its name.
              agentName={(agent) =>
                agents?.find(({ ai_agent_id }) => ai_agent_id === agent)?.agent_name ?? agent
              }
              hoursName={(of) => hours?.find(({ business_hours_id }) => business_hours_id === of)?.name}
            />
          </li>
        ))}
      </ul>
    </section>
  );
};
