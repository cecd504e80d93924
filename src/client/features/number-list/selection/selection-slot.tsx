import { Suspense, useEffect, useState } from 'react';
import { isDialogOpen, isWriting } from '#client/lib/keyboard.ts';
import { lazyPart } from '#client/lib/lazy-part.ts';
import { noteShownList, selectAll, useSelection, type ShownList } from './selection.ts';

const ActionBar = lazyPart(() => import('./action-bar.tsx').then((file) => ({ default: file.ActionBar })));

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
  const [words, setWords] = useState('');
  return (
    <>
      <output className="sr-only">{words}</output>
      <Suspense>
        {selection !== null && (
          <ActionBar selection={selection} list={list} onWords={setWords} onLeave={onLeave} />
        )}
      </Suspense>
    </>
  );
};
