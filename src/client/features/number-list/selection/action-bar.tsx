import { XIcon } from 'lucide-react';
import { useEffect } from 'react';
import { Link } from 'wouter';
import { Button } from '#client/components/ui/button.tsx';
import { formatCount } from '#client/lib/words/format.ts';
import { listHref } from '#client/features/numbers/list-url.ts';
import { BarActs } from './bar-acts.tsx';
import { useExcepted } from './excepted.ts';
import { selectionWords } from './selection-words.ts';
import {
  canTick,
  clearSelection,
  selectAll,
  shownList,
  type Selection,
  type ShownList,
} from './selection.ts';

interface Props {
  selection: Selection;
  list: ShownList;
  /** Told what it says, for those who listen. */
  onWords: (words: string) => void;
  /** Gives the focus to the list. */
  onLeave: () => void;
}

const MoreToSelect = ({ selection }: { selection: Selection }) => {
  const list = shownList();
  // Rows of another list than the one of which all are selected cannot be ticked: the way back to it.
  if (selection.kind === 'all')
    return (
      !canTick() && (
        <Link
          href={listHref(selection.filters)}
          className="rounded-sm text-ink-2 underline underline-offset-3"
        >
          Show them
        </Link>
      )
    );
  return (
    list?.total !== undefined &&
    list.total > selection.ids.size && (
      <button type="button" className="h-6 rounded-sm text-ink-3 hover:text-ink" onClick={selectAll}>
        or all {list.isExact ? '' : '≈\u2009'}
        {formatCount(list.total)}
      </button>
    )
  );
};

/** Below the list: how many numbers are selected, and what can be done with them. */
export const ActionBar = ({ selection, list, onWords, onLeave }: Props) => {
  const excepted = useExcepted(selection, list);
  const words = selectionWords(selection, list, excepted);
  useEffect(() => {
    onWords(words);
    return () => onWords('');
  }, [words, onWords]);
  const leave = () => {
    clearSelection();
    onLeave();
  };
  return (
    // The key that ends the selection, wherever in the bar the focus is.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      aria-label="Selected numbers"
      data-slot="action-bar"
      className="@container flex shrink-0 border-t px-2 py-2"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        leave();
      }}
    >
      {/* Where there is little room the acts have a line of their own. */}
      <div className="mx-auto flex min-w-0 items-center gap-1 rounded-xl border border-line-2 bg-raised py-1.5 pr-1.5 pl-3.5 shadow-float @max-[44rem]:w-full @max-[44rem]:flex-wrap @max-[44rem]:pl-1.5">
        <span className="mr-2 flex min-w-0 flex-wrap items-center gap-x-2 @max-[44rem]:mr-0 @max-[44rem]:flex-1 @max-[44rem]:pl-2">
          <span className="font-semibold">{words}</span>
          <MoreToSelect selection={selection} />
        </span>
        <div className="flex shrink-0 flex-wrap gap-1 @max-[44rem]:order-1 @max-[44rem]:w-full @max-[26rem]:*:px-2">
          <BarActs selection={selection} excepted={excepted} onLeave={onLeave} />
        </div>
        <Button
          variant="ghost"
          size="icon"
          aria-label="Clear the selection"
          aria-keyshortcuts="Escape"
          onClick={leave}
        >
          <XIcon aria-hidden="true" />
        </Button>
      </div>
    </section>
  );
};
