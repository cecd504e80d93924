import type { ComponentProps } from 'react';
import { useRef } from 'react';
import { classes } from '#client/lib/classes.ts';
import { useKeys } from '#client/lib/keyboard.ts';
import { Input } from '#client/components/ui/input.tsx';
import { Kbd } from '#client/components/ui/kbd.tsx';

interface Props extends Omit<ComponentProps<'input'>, 'onChange' | 'value' | 'type'> {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

/** `/` goes to it, Esc empties it and then leaves it. */
export const SearchBox = ({ label, value, onChange, className, ...props }: Props) => {
  const input = useRef<HTMLInputElement>(null);
  useKeys({ '/': () => input.current?.select() });
  return (
    <div className={classes('relative flex-[0_1_20rem]', className)}>
      <svg
        viewBox="0 0 16 16"
        className="pointer-events-none absolute top-2 left-2.5 size-4 fill-none stroke-ink-3 stroke-[1.5]"
        strokeLinecap="round"
        aria-hidden="true"
      >
        <circle cx="7" cy="7" r="4.5" />
        <path d="m10.5 10.5 3.5 3.5" />
      </svg>
      <Input
        ref={input}
        type="search"
        aria-label={label}
        aria-keyshortcuts="/"
        placeholder={label}
        value={value}
        autoComplete="off"
        spellCheck={false}
        className="h-8! pr-8! pl-8! [&::-webkit-search-cancel-button]:hidden"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          if (value !== '') onChange('');
          else event.currentTarget.blur();
        }}
        {...props}
      />
      {value === '' && <Kbd className="pointer-events-none absolute top-2 right-2.5 coarse:hidden">/</Kbd>}
    </div>
  );
};
