import { useId, type ReactNode } from 'react';
import type { BulkExample } from '#contract/bulk/plans.ts';
import { useAgents } from '#client/features/agents/queries.ts';
import { useBusinessHours } from '#client/features/business-hours/queries.ts';
import { ChangeList } from './change-list.tsx';

interface Props {
  /** Of the heading, within its page or dialog. */
  level: 2 | 3;
  title?: string;
  examples: readonly BulkExample[];
  numberOf: (example: BulkExample) => ReactNode;
}

/** A few of many numbers, before → after by field, in the words of the history. */
export const ChangeExamples = ({ level, title = 'For example', examples, numberOf }: Props) => {
  const id = useId();
  const agents = useAgents().data;
  const hours = useBusinessHours().data;
  if (examples.length === 0) return null;
  const Heading = `h${level}` as const;
  return (
    <section aria-labelledby={id} className="grid grid-cols-[minmax(0,1fr)] gap-1">
      <Heading id={id} className="font-semibold">
        {title}
      </Heading>
      <ul className="grid grid-cols-[minmax(0,1fr)] divide-y divide-line/60">
        {examples.map((example) => (
          <li
            key={example.phone_number}
            className="grid grid-cols-[minmax(0,1fr)] gap-x-4 gap-y-0.5 py-2 sm:grid-cols-[17rem_minmax(0,1fr)]"
          >
            {numberOf(example)}
            <ChangeList
              changes={example.changes}
              isFromNothing={example.phone_number_id === null}
              subjectName={example.phone_number_id === null ? example.phone_number : ''}
              agentName={(agent) =>
                agents?.find(({ ai_agent_id }) => ai_agent_id === agent)?.agent_name ??
                // One that is still to be added goes by its name, which is no id.
                (/^[0-9a-f]{24}$/.test(agent) ? undefined : agent)
              }
              hoursName={(of) => hours?.find(({ business_hours_id }) => business_hours_id === of)?.name}
            />
          </li>
        ))}
      </ul>
    </section>
  );
};
