import type { Import } from '#contract/bulk/imports.ts';
import { CountsBar, countsWords } from '#client/components/counts-bar.tsx';
import { ProgressBar } from '#client/components/progress-bar.tsx';
import { ChangeExamples } from '#client/features/audit-events/change-examples.tsx';
import type { FileInHand } from '#client/features/imports/csv/read-head.ts';
import { calendarDate, clockTime, formatCount } from '#client/lib/words/format.ts';
import { NumberName } from '#client/features/numbers/number-name.tsx';
import { importParts } from './import-parts.ts';
import { AgentNames } from '#client/features/imports/plan/agent-names.tsx';
import type { Choices } from '#client/features/imports/plan/choices.ts';
import { RefusedRows } from './refused-rows.tsx';
import { RemedyList } from './remedy-list.tsx';

const Judging = ({ counts: { total, ...outcomes } }: Pick<Import, 'counts'>) => {
  const judged = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
  return (
    <div className="grid max-w-140 gap-2">
      <ProgressBar label="Check" done={judged} total={total} />
      <p className="text-ink-2 tabular-nums">
        {total === 0
          ? 'Looking at each row'
          : `Looking at each row: ${formatCount(judged)} of ${formatCount(total)}`}
      </p>
    </div>
  );
};

interface SummaryProps {
  plan: Import;
  /** Something was chosen anew since. */
  isOld: boolean;
  /** Absent where nothing can be chosen: the file is not in hand. */
  onChoose: ((choice: Partial<Choices>) => void) | undefined;
}

/** What would come of the file: how many rows of which outcome, and which choice would have more of them. */
export const CheckSummary = ({ plan, isOld, onChoose }: SummaryProps) => {
  const isReady = plan.state === 'ready';
  const parts = importParts(plan.counts);
  return (
    <section aria-labelledby="import-check" className="grid grid-cols-[minmax(0,1fr)] gap-2.5">
      <div className="flex flex-wrap items-baseline gap-x-4">
        <h2 id="import-check" className="font-semibold">
          Check
        </h2>
        {isOld && (
          <p className="text-ink-2">
            You have chosen something else since: check again to see what comes of it.
          </p>
        )}
      </div>
      <output className="sr-only">{isReady && plan.counts.total > 0 && countsWords(parts)}</output>
      {isReady && plan.counts.total === 0 ? (
        <p className="font-medium">
          There is no row below the headings: nothing can be imported. Add rows to the file, and choose it
          again.
        </p>
      ) : isReady ? (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
          <CountsBar parts={parts} />
          <RemedyList plan={plan} onChoose={onChoose} />
          <AgentNames verb="Adds" {...plan} />
          <p className="text-xs text-ink-3">
            Nothing has been changed yet. Can be run until {calendarDate(plan.expires_at)},{' '}
            {clockTime(plan.expires_at)}, and undone afterwards where nobody has changed the same field since;
            credentials cannot.
          </p>
        </div>
      ) : (
        <Judging counts={plan.counts} />
      )}
    </section>
  );
};

/** The first rows that would be imported, and every refused one. */
export const CheckedRows = ({ plan, file }: { plan: Import; file: FileInHand | null }) =>
  plan.state === 'ready' && (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <ChangeExamples
        level={2}
        examples={plan.examples}
        numberOf={({ phone_number_id: id, phone_number }) => (
          <span className="flex items-baseline gap-x-2.5">
            <NumberName id={id} phoneNumber={phone_number} />
            <span className="text-ink-3">{id === null ? 'new' : 'changes'}</span>
          </span>
        )}
      />
      {plan.counts.refused > 0 && <RefusedRows plan={plan} file={file} />}
    </div>
  );
