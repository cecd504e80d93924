import { useEffect, useMemo, useRef } from 'react';
import type { EstateFinding } from '#contract/numbers/route.ts';
import { useMay } from '#client/features/sessions/queries.ts';
import { useReturnToRow } from '#client/lib/left-at.ts';
import { FindingGroupItem } from './finding-group.tsx';
import { bySentence } from './finding-words.ts';
import { MendedContext } from './use-repair.ts';
import type { useMended } from './use-mended.ts';

interface FindingListProps {
  shown: readonly EstateFinding[];
  mended: ReturnType<typeof useMended>;
  /** More may come. */
  isLooking: boolean;
}

/** The sentences with what they are said of. Back from a sheet, the focus is on the row that was left. */
export const FindingList = ({ shown, mended, isLooking }: FindingListProps) => {
  const mayEdit = useMay('operator');
  const groups = useMemo(() => bySentence(shown), [shown]);
  const { keep, forget } = mended;
  const context = useMemo(() => ({ keep, forget }), [keep, forget]);
  const list = useRef<HTMLUListElement>(null);
  useReturnToRow(list, isLooking);
  const focused = useRef<EventTarget | null>(null);
  useEffect(() => {
    const { current: element } = list;
    const onFocusIn = ({ target }: FocusEvent) => {
      focused.current = target;
    };
    element?.addEventListener('focusin', onFocusIn);
    return () => element?.removeEventListener('focusin', onFocusIn);
  }, []);
  useEffect(() => {
    // What had the focus was put right, here or elsewhere, and is gone.
    if (
      focused.current instanceof Node &&
      !focused.current.isConnected &&
      document.activeElement === document.body
    )
      list.current?.querySelector<HTMLElement>('a, button')?.focus();
  });
  return (
    <MendedContext value={context}>
      <ul ref={list} aria-label="Findings" className="max-w-240">
        {groups.map((group) => (
          <FindingGroupItem key={group.id} group={group} mayEdit={mayEdit} mendedOf={mended.mendedOf} />
        ))}
      </ul>
    </MendedContext>
  );
};
