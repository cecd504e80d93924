import type { BulkPlan } from '#contract/bulk/plans.ts';
import { useAgents } from '#client/features/agents/queries.ts';
import { ChangeList } from '#client/features/audit-events/change-list.tsx';
import { useBusinessHours } from '#client/features/business-hours/queries.ts';
import { NumberName } from '#client/features/numbers/number-name.tsx';

/** A few of the numbers that would change, before → after by field, in the words of the history. */
export const PlanExamples = ({ examples }: Pick<BulkPlan, 'examples'>) => {
  const agents = useAgents().data;
  const hours = useBusinessHours().data;
  if (examples.length === 0) return null;
  return (
    <section aria-labelledby="plan-examples" className="grid grid-cols-[minmax(0,1fr)] gap-1">
      <h3 id="plan-examples" className="font-semibold">
        For example
      </h3>
      <ul className="grid grid-cols-[minmax(0,1fr)] divide-y divide-line/60">
        {examples.map(({ phone_number_id: id, phone_number, changes }) => (
          <li
            key={id ?? phone_number}
            className="grid grid-cols-[minmax(0,1fr)] gap-x-4 gap-y-0.5 py-2 sm:grid-cols-[17rem_minmax(0,1fr)]"
          >
            <NumberName id={id} phoneNumber={phone_number} />
            <ChangeList
              changes={changes}
              isFromNothing={false}
              subjectName=""
              agentName={(agent) => agents?.find(({ ai_agent_id }) => ai_agent_id === agent)?.agent_name}
              hoursName={(of) => hours?.find(({ business_hours_id }) => business_hours_id === of)?.name}
            />
          </li>
        ))}
      </ul>
    </section>
  );
};
