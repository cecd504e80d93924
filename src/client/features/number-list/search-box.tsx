import { classes } from '#client/lib/classes.ts';
import { useEffect, useImperativeHandle, useRef, useState, type KeyboardEvent, type Ref } from 'react';
import { MAX_SEARCH } from '#contract/numbers/limits.ts';
import { Kbd } from '#client/components/ui/kbd.tsx';

const TYPING_MS = 140;

export interface SearchBoxHandle {
  focus: () => void;
}

interface SearchBoxProps {
  ref?: Ref<SearchBoxHandle>;
  value: string;
  onSearch: (text: string) => void;
  /** Enter or the arrow down: on to the rows. */
  onLeave: () => void;
}

/**
 * What is typed becomes the question once the hand rests for a moment; the address may also change it from
 * outside.
 */
export const SearchBox = ({ ref, value, onSearch, onLeave }: SearchBoxProps) => {
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [text, setText] = useState(value);
  const [asked, setAsked] = useState(value);
  if (value !== asked) {
    setAsked(value);
    // An answer to what was typed before must not take away what has been typed since.
    if (value !== text.trim()) setText(value);
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  useImperativeHandle(ref, () => ({
    focus: () => {
      input.current?.focus();
      input.current?.select();
    },
  }));

  const search = (typed: string) => {
    clearTimeout(timer.current);
    setAsked(typed.trim());
    onSearch(typed.trim());
  };
  const type = (typed: string) => {
    setText(typed);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => search(typed), TYPING_MS);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      if (text === '') input.current?.blur();
      setText('');
      search('');
    } else if (event.key === 'Enter' || event.key === 'ArrowDown') {
      search(text);
      onLeave();
    } else return;
    event.preventDefault();
  };

  return (
    <div
      className={classes(
        'flex h-8 min-w-0 flex-[1_1_10rem] items-center gap-2 rounded-lg border border-line-2 bg-surface',
        // As wide as the window lets it be, whatever stands beside it: were it to give way to what comes later, the
        // filters would move under the hand.
        'min-[64rem]:w-65 min-[64rem]:flex-none min-[85rem]:w-72 min-[96rem]:w-85',
        'px-2.25 focus-within:border-ring focus-within:ring-3 focus-within:ring-ring/30',
        'hover:border-line-3 sm:max-w-85',
      )}
    >
      <svg
        viewBox="0 0 16 16"
        aria-hidden="true"
        className="size-4 shrink-0 fill-none stroke-ink-3 stroke-[1.5] [stroke-linecap:round]"
      >
        <path d="M11.5 7a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0Zm-1 3.500 3.500 3.500" />
      </svg>
      <input
        ref={input}
        type="search"
        aria-label="Search numbers"
        aria-keyshortcuts="/"
        placeholder="Find a number, name, agent, trunk"
        autoComplete="off"
        spellCheck={false}
        maxLength={MAX_SEARCH}
        value={text}
        onChange={({ target }) => type(target.value)}
        onKeyDown={onKeyDown}
        className="min-w-0 flex-1 bg-transparent outline-hidden placeholder:text-ink-3 coarse:text-[1rem] [&::-webkit-search-cancel-button]:hidden"
      />
      {text === '' ? (
        <Kbd className="max-[85rem]:hidden coarse:hidden">/</Kbd>
      ) : (
        <button
          type="button"
          aria-label="Clear the search"
          className="-mr-1 size-6 rounded-sm text-ink-3 hover:bg-hover hover:text-ink"
          onClick={() => {
            setText('');
            search('');
            input.current?.focus();
          }}
        >
          ×
        </button>
      )}
    </div>
  );
};
