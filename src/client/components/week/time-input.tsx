import { useState, type ComponentProps } from 'react';
import { Input } from '#client/components/ui/input.tsx';
import { parseTime } from './parse-time.ts';

interface Props extends Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'onBlur'> {
  value: string;
  /** Called with `HH:MM` where what is typed is a time, and with the text as it is where it is none yet. */
  onChange: (time: string) => void;
}

/**
 * A time of day, to the minute, up to 24:00, which no browser's own control can write. Takes `930`, `9:30`
 * and `9 pm`.
 */
export const TimeInput = ({ value, onChange, className, ...props }: Props) => {
  // What is being typed; null while the value is shown as it is.
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <Input
      inputMode="text"
      autoComplete="off"
      spellCheck={false}
      maxLength={12}
      {...props}
      className={className ?? 'w-18!'}
      value={typed ?? value}
      onFocus={({ target }) => target.select()}
      onChange={({ target }) => {
        setTyped(target.value);
        // Half a time counts as what is typed, or saving now would save the time before.
        onChange(parseTime(target.value) ?? target.value.trim());
      }}
      onBlur={() => setTyped(null)}
    />
  );
};
