import { Button } from '#client/components/ui/button.tsx';
import { ownZone } from '#client/components/time-zone/time-zones.ts';
import { useAgents } from '#client/features/agents/queries.ts';
import { useBusinessHours } from '#client/features/business-hours/queries.ts';
import { classes } from '#client/lib/classes.ts';
import { agentsById } from '#client/features/numbers/agent-faces.ts';
import { fieldLabels, type FormFieldName } from '#client/features/number-fields/phone-number-values.ts';
import { useNumberZone } from '#client/features/number-fields/use-number-zone.ts';
import { shownValue } from './shown-value.ts';
import type { Conflict } from './stale-save.ts';
import type { Decision, StaleSave } from './use-stale-save.ts';

const longClass = 'block max-h-40 overflow-y-auto text-xs whitespace-pre-line';

const listOf = new Intl.ListFormat('en-GB', { type: 'conjunction' });
const namesOf = (fields: readonly FormFieldName[]) =>
  listOf.format(fields.map((field) => fieldLabels[field]));

const mergedWords = (merged: readonly FormFieldName[], hasConflicts: boolean) =>
  `${namesOf(merged)} ${merged.length === 1 ? 'was' : 'were'} changed${hasConflicts ? ' too' : ''}, and ${merged.length === 1 ? 'is' : 'are'} merged.`;

interface ConflictChoiceProps {
  conflict: Conflict;
  decision: Decision | undefined;
  onDecide: (decision: Decision) => void;
}

const ConflictChoice = ({ conflict, decision, onDecide }: ConflictChoiceProps) => {
  const zone = useNumberZone() ?? ownZone();
  const named = { agents: agentsById(useAgents().data), hours: useBusinessHours().data, zone };
  // Rules stand below each other, one a line.
  const isLong = conflict.field === 'routing.rules';
  const label =
    conflict.metadataKey === undefined
      ? fieldLabels[conflict.field]
      : `${fieldLabels.metadata}, ${conflict.metadataKey}`;
  const side = (which: Decision, words: string) => (
    <Button
      size="sm"
      variant={decision === which ? 'default' : 'outline'}
      aria-pressed={decision === which}
      aria-label={`${words}: ${label}`}
      onClick={() => onDecide(which)}
    >
      {words}
    </Button>
  );
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap gap-x-4 gap-y-0.5">
        <span className="mr-auto font-medium">{label}</span>
        {conflict.isSecret ? (
          <span className="text-ink-2">was replaced by someone else</span>
        ) : (
          <>
            <span className={classes('wrap-anywhere text-ink-2', isLong && 'basis-full')}>
              theirs{' '}
              <bdi className={isLong ? longClass : 'font-mono text-xs'}>
                {shownValue(conflict, conflict.theirs, named)}
              </bdi>
            </span>
            <span className={classes('wrap-anywhere', isLong && 'basis-full')}>
              yours{' '}
              <bdi className={isLong ? longClass : 'font-mono text-xs'}>
                {shownValue(conflict, conflict.mine, named)}
              </bdi>
            </span>
          </>
        )}
      </div>
      <div className="flex gap-2">
        {side('mine', 'Keep mine')}
        {side('theirs', 'Take theirs')}
      </div>
    </div>
  );
};

/** What became of two saves that met: what collides is asked, what does not is merged and said. */
export const StaleSavePanel = ({ staleSave, hasChanges }: { staleSave: StaleSave; hasChanges: boolean }) => {
  const { stale, decide, settle, isUndecided } = staleSave;
  if (stale === null) return null;
  const { conflicts, merged, decisions } = stale;
  return (
    <section
      role="alert"
      aria-label="Someone else saved while you were editing"
      className="mx-4 mb-4 grid max-h-1/2 shrink-0 gap-3 overflow-y-auto rounded-lg border border-cord bg-cord-wash px-3 py-2.5 sm:mx-6"
    >
      <h3 className="font-semibold">Someone else saved while you were editing</h3>
      {conflicts.map((conflict, at) => (
        <ConflictChoice
          key={`${conflict.field}.${conflict.metadataKey}`}
          conflict={conflict}
          decision={decisions[at]}
          onDecide={(decision) => decide(at, decision)}
        />
      ))}
      {merged.length > 0 && <p className="text-ink-2">{mergedWords(merged, conflicts.length > 0)}</p>}
      {/* Where all of theirs was taken, the bar that saves is gone, and this is the only way on. */}
      {!hasChanges && !isUndecided && (
        <p className="flex items-center gap-3 text-ink-2">
          Nothing of yours is left to save.
          <Button size="sm" variant="outline" className="ml-auto" onClick={settle}>
            Done
          </Button>
        </p>
      )}
      {conflicts.length === 0 && hasChanges && (
        <p className="text-ink-2">Nothing collides with your changes. Save again to store them.</p>
      )}
    </section>
  );
};
