import { useRef, type ReactNode } from 'react';
import { Button } from '#client/components/ui/button.tsx';
import type { Take } from './use-drop.ts';

interface Props {
  variant: 'default' | 'outline' | 'link';
  onTake: Take;
  children: ReactNode;
}

/** Opens the browser's own dialog. */
export const ChooseFile = ({ variant, onTake, children }: Props) => {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".csv,.tsv,.txt,.jsonl,.ndjson,text/csv,text/tab-separated-values,text/plain"
        hidden
        aria-label="File of numbers"
        onChange={({ target }) => {
          const [chosen] = target.files ?? [];
          if (chosen !== undefined) onTake(chosen.name, chosen);
          // The same file, repaired, is a choice again.
          target.value = '';
        }}
      />
      <Button variant={variant} onClick={() => input.current?.click()}>
        {children}
      </Button>
    </>
  );
};
