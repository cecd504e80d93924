import {
  Select,
  SelectContent,
  SelectItem,
  SelectTrigger,
  SelectValue,
} from '#client/components/ui/select.tsx';
import { classes } from '#client/lib/classes.ts';

const ANY = 'any';

interface Props {
  label: string;
  /** What "no filter" is called. */
  anyName: string;
  value: string | undefined;
  options: readonly { value: string; name: string }[];
  onChange: (value: string | undefined) => void;
}

/** A filter as a chip: dashed while it filters nothing. */
export const FilterSelect = ({ label, anyName, value, options, onChange }: Props) => (
  <Select value={value ?? ANY} onValueChange={(chosen) => onChange(chosen === ANY ? undefined : chosen)}>
    <SelectTrigger
      aria-label={label}
      className={classes(
        'h-7 w-auto max-w-56 rounded-md px-2.25 coarse:text-sm',
        value === undefined ? 'border-dashed text-ink-2' : 'font-medium',
      )}
    >
      <SelectValue />
    </SelectTrigger>
    <SelectContent>
      <SelectItem value={ANY}>{anyName}</SelectItem>
      {options.map((option) => (
        <SelectItem key={option.value} value={option.value}>
          {option.name}
        </SelectItem>
      ))}
    </SelectContent>
  </Select>
);
