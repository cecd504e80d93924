import { Undo2Icon } from 'lucide-react';
import type { WeeklyInterval } from '#contract/clock-times.ts';
import { Button } from '#client/components/ui/button.tsx';

const presets: { name: string; weekly: WeeklyInterval[] }[] = [
  { name: 'Mon–Fri 9–17', weekly: [{ days: [1, 2, 3, 4, 5], start: '09:00', end: '17:00' }] },
  { name: '24/7', weekly: [{ days: [1, 2, 3, 4, 5, 6, 7], start: '00:00', end: '24:00' }] },
  { name: 'Clear', weekly: [] },
];

interface Props {
  onChoose: (weekly: WeeklyInterval[], name: string) => void;
  /** Absent while there is nothing to take back. */
  onUndo: (() => void) | undefined;
}

/** Whole weeks at one press, and the way back from it. */
export const WeekPresets = ({ onChoose, onUndo }: Props) => (
  <fieldset aria-label="Presets" className="flex min-w-0 flex-wrap gap-1.5">
    {presets.map(({ name, weekly }) => (
      <Button key={name} size="sm" variant="outline" onClick={() => onChoose(weekly, name)}>
        {name}
      </Button>
    ))}
    <Button
      size="sm"
      variant="ghost"
      aria-disabled={onUndo === undefined}
      onClick={onUndo}
      className="ml-auto"
    >
      <Undo2Icon aria-hidden="true" className="size-3.5" />
      Undo
    </Button>
  </fieldset>
);
