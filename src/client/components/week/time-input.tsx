import { useState, type ComponentProps } from 'react';
import { Input } from '#client/components/ui/input.tsx';
import { parseTime } from './parse-time.ts';

interface Props extends Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'onBlur'> {
  value: string;
  /**
   * Called with `HH:MM` as soon as what is typed is a time; with the text as it is where it is left and is
   * none.
   */
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
        const time = parseTime(target.value);
        if (time !== null) onChange(time);
      }}
      onBlur={() => {
        if (typed !== null && parseTime(typed) === null) onChange(typed.trim());
        setTyped(null);
      }}
    />
  );
};
