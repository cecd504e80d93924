import type { BusinessHours } from '#contract/business-hours.ts';
import { Button } from '#client/components/ui/button.tsx';
import { changedParts, partsChangedBetween, type HoursDraft } from './hours-draft.ts';

interface Props {
  base: BusinessHours;
  theirs: BusinessHours;
  draft: HoursDraft;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
}

const listOf = new Intl.ListFormat('en-GB', { type: 'conjunction' });
const named = (parts: readonly string[]) =>
  parts.length === 0 ? 'nothing here' : listOf.format(parts.map((part) => `the ${part}`));

/** Two saves met: nothing is overwritten before the operator has said so. */
export const StaleHoursPanel = ({ base, theirs, draft, onKeepMine, onTakeTheirs }: Props) => (
  <section
    role="alert"
    aria-label="Someone else saved while you were editing"
    className="grid gap-2 rounded-lg border border-cord bg-cord-wash px-3 py-2.5"
  >
    <h3 className="font-semibold">Someone else saved while you were editing</h3>
    <p className="text-ink-2">
      They changed {named(partsChangedBetween(base, theirs))}. You changed {named(changedParts(base, draft))}.
      Keeping yours saves what you changed over theirs; the rest stays as they left it.
    </p>
    <div className="flex flex-wrap gap-2">
      <Button size="sm" variant="outline" onClick={onKeepMine}>
        Keep mine and save
      </Button>
      <Button size="sm" variant="outline" onClick={onTakeTheirs}>
        Take theirs
      </Button>
    </div>
  </section>
);
