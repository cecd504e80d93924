import { lookOf } from '#contract/reading/text.ts';

const SHOWN = 12;

interface Props {
  /** What selected numbers carry, as far as it is known. */
  carried: readonly string[];
  /** Those that are to be removed already. */
  labels: readonly string[];
  onChoose: (label: string) => void;
}

/** The labels of the selected numbers, each a press away from being removed. */
export const CarriedLabels = ({ carried, labels, onChoose }: Props) => {
  const left = carried.filter((label) => labels.every((other) => lookOf(other) !== lookOf(label)));
  return (
    left.length > 0 && (
      <fieldset className="flex flex-wrap items-center gap-1">
        <legend className="float-left mr-1 leading-6 text-ink-3">Selected numbers carry</legend>
        {left.slice(0, SHOWN).map((label) => (
          <button
            key={label}
            type="button"
            title={label}
            className="h-6 max-w-full truncate rounded-[5px] border border-line-2 px-1.5 text-ink-2 hover:text-ink"
            onClick={() => onChoose(label)}
          >
            <bdi>{label}</bdi>
          </button>
        ))}
      </fieldset>
    )
  );
};
