import { Suspense, useEffect } from 'react';
import { isDialogOpen, isWriting } from '#client/lib/keyboard.ts';
import { lazyPart } from '#client/lib/lazy-part.ts';
import { formatCount } from '#client/lib/words/format.ts';
import { activeFilters } from '#client/features/numbers/list-url.ts';
import {
  countNotShown,
  noteShownList,
  selectAll,
  useSelection,
  type Selection,
  type ShownList,
} from './selection.ts';

const ActionBar = lazyPart(() => import('./action-bar.tsx').then((file) => ({ default: file.ActionBar })));

/** `12 selected, 9 not shown`; `All 4,871 that match, 3 excepted`. */
const selectionWords = (selection: Selection, list: ShownList): string => {
  if (selection.kind === 'some') {
    const notShown = countNotShown(selection.ids, list);
    return `${formatCount(selection.ids.size)} selected${notShown > 0 ? `, ${formatCount(notShown)} not shown` : ''}`;
  }
  const { total, isExact, filters, except } = selection;
  const count = total === undefined ? '' : `${isExact ? '' : '≈\u2009'}${formatCount(total)} `;
  const what = activeFilters(filters).length > 0 ? 'that match' : 'numbers';
  return `All ${count}${what}${except.size > 0 ? `, ${formatCount(except.size)} excepted` : ''}`;
};

const onSelectAllKey = (event: KeyboardEvent) => {
  const { key, target, ctrlKey, metaKey, altKey, shiftKey } = event;
  if (key.toLowerCase() !== 'a' || !(ctrlKey || metaKey) || altKey || shiftKey || event.defaultPrevented)
    return;
  // Text, and what lies over the list, has an everything of its own.
  const isElsewhere = document.querySelector('[role=dialog]')?.contains(target as Node) === true;
  if (isWriting(target) || isDialogOpen() || isElsewhere) return;
  event.preventDefault();
  selectAll();
};

/** What is selected, said to those who listen, and the bar of what can be done with it. */
export const SelectionSlot = ({ list, onLeave }: { list: ShownList; onLeave: () => void }) => {
  const selection = useSelection();
  useEffect(() => noteShownList(list), [list]);
  useEffect(() => {
    window.addEventListener('keydown', onSelectAllKey);
    return () => {
      window.removeEventListener('keydown', onSelectAllKey);
      noteShownList(null);
    };
  }, []);
  const words = selection === null ? '' : selectionWords(selection, list);
  return (
    <>
      <output className="sr-only">{words}</output>
      <Suspense>
        {selection !== null && <ActionBar selection={selection} words={words} onLeave={onLeave} />}
      </Suspense>
    </>
  );
};
