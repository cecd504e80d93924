import type { Import } from '#contract/bulk/imports.ts';
import { Button } from '#client/components/ui/button.tsx';
import type { Choices } from '#client/features/imports/plan/choices.ts';
import { ChooseCountry } from './choose-country.tsx';
import { OtherReasons } from './other-reasons.tsx';
import { groupRefusals } from './refusal-groups.tsx';
import { remediesOf } from './remedies.ts';

interface Props {
  plan: Import;
  /** Chooses, and has the file checked again; absent where nothing can be chosen. */
  onChoose: ((choice: Partial<Choices>) => void) | undefined;
}

/** Why rows are refused: first what a choice would mend, with that choice, then what is to be mended in the file. */
export const RemedyList = ({ plan, onChoose }: Props) => {
  const remedies = onChoose === undefined ? [] : remediesOf(plan);
  const others = groupRefusals(plan.refusals).filter((group) =>
    remedies.every(({ code }) => code !== group.code),
  );
  if (remedies.length + others.length === 0) return null;
  return (
    <ul className="grid grid-cols-[minmax(0,1fr)] divide-y divide-line rounded-lg border border-line-2">
      {remedies.map(({ code, words, ways, lacksCountry }) => (
        <li key={code} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5">
          <span id={`remedy-${code}`} className="min-w-0 font-medium wrap-anywhere">
            {words}
          </span>
          <span className="ml-auto flex flex-wrap gap-2 max-sm:ml-0">
            {lacksCountry && (
              <ChooseCountry
                describedBy={`remedy-${code}`}
                onChoose={(defaultCountry) => onChoose?.({ defaultCountry })}
              />
            )}
            {ways.map(({ label, choice }) => (
              <Button
                key={label}
                variant="outline"
                size="sm"
                aria-describedby={`remedy-${code}`}
                onClick={() => onChoose?.(choice)}
              >
                {label}
              </Button>
            ))}
          </span>
        </li>
      ))}
      <OtherReasons groups={others} />
    </ul>
  );
};
