import type { Import } from '#contract/bulk/imports.ts';
import { Button } from '#client/components/ui/button.tsx';
import type { Choices } from '#client/features/imports/plan/choices.ts';
import { remediesOf } from './remedies.ts';

interface Props {
  plan: Import;
  /** Chooses, and has the file checked again. */
  onChoose: (choice: Partial<Choices>) => void;
}

/** Why rows are refused that a choice would import, each with that choice as a button. */
export const RemedyList = ({ plan, onChoose }: Props) => {
  const remedies = remediesOf(plan);
  if (remedies.length === 0) return null;
  return (
    <ul className="grid grid-cols-[minmax(0,1fr)] divide-y divide-line rounded-lg border border-line-2">
      {remedies.map(({ code, words, ways }) => (
        <li key={code} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5">
          <span id={`remedy-${code}`} className="min-w-0 font-medium wrap-anywhere">
            {words}
          </span>
          <span className="ml-auto flex flex-wrap gap-2 max-sm:ml-0">
            {ways.map(({ label, choice }) => (
              <Button
                key={label}
                variant="outline"
                size="sm"
                aria-describedby={`remedy-${code}`}
                onClick={() => onChoose(choice)}
              >
                {label}
              </Button>
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
};
