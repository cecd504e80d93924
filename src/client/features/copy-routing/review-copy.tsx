import { useEffect, useMemo, useRef, type Dispatch, type SetStateAction } from 'react';
import { flushSync } from 'react-dom';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { failedMessage } from '#client/api/api-error.ts';
import { FormError } from '#client/components/form/field.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { DialogFooter } from '#client/components/ui/dialog.tsx';
import { readPhoneNumber } from '#client/features/numbers/queries.ts';
import { formatCount, plural } from '#client/lib/words/format.ts';
import { toast } from '#client/lib/toast.ts';
import type { Names } from '#routing/words/change-words.ts';
import { bodyOf, lossWords, reviewOf, type Part, type Reviewed, type Source } from './copy-plan.ts';
import { CopyProgress } from './copy-progress.tsx';
import { ReviewRow } from './review-row.tsx';
import type { useCopyRouting } from './use-copy-routing.ts';

interface Props {
  source: Source;
  parts: readonly Part[];
  targets: ReadonlyMap<string, PhoneNumber>;
  names: Names;
  copying: ReturnType<typeof useCopyRouting>;
  onTargets: Dispatch<SetStateAction<ReadonlyMap<string, PhoneNumber>>>;
  onBack: () => void;
  onClose: () => void;
}

/** Before → after of each number, then what became of it. Nothing is written that was not shown here. */
export const ReviewCopy = ({ source, parts, targets, names, copying, onTargets, onBack, onClose }: Props) => {
  const { outcomes, run, error, start, stop, end, forget } = copying;
  const reviewed = useMemo(
    () => reviewOf(source, targets.values(), parts, names),
    [targets, source, parts, names],
  );
  const kindOf = (id: string) => outcomes.get(id)?.kind;
  // What needs a hand is not looked for among hundreds that were copied; while they are copied, no row moves.
  const isDone = ({ record }: Reviewed) => kindOf(record._id) === 'copied';
  const rows =
    run === null ? [...reviewed.filter((row) => !isDone(row)), ...reviewed.filter(isDone)] : reviewed;
  const toCopy = rows
    .filter(({ record, lines }) => lines.length > 0 && kindOf(record._id) === undefined)
    .map(({ record }) => record);
  const refused = rows.filter(({ record }) => kindOf(record._id) === 'refused').map(({ record }) => record);
  const count = (kind: string) => rows.filter(({ record }) => kindOf(record._id) === kind).length;
  const same = rows.filter(
    ({ record, lines }) => lines.length === 0 && kindOf(record._id) === undefined,
  ).length;
  const hasBegun = outcomes.size > 0;
  const loss = lossWords(rows);

  const list = useRef<HTMLUListElement>(null);
  const footer = useRef<HTMLDivElement>(null);
  const wasRunning = useRef(false);
  useEffect(() => {
    // Stop has gone with the run. The way out takes the focus, not the button that would begin anew.
    if (wasRunning.current && run === null) footer.current?.querySelector('button')?.focus();
    wasRunning.current = run !== null;
  }, [run]);

  const leaveOut = (id: string) => {
    const next = new Map(targets);
    next.delete(id);
    const place = rows.findIndex(({ record }) => record._id === id);
    flushSync(() => onTargets(next));
    // The focus stays in its place in the list, where the next number now is.
    const items = list.current?.children;
    items?.[Math.min(place, items.length - 1)]?.querySelector('button')?.focus();
  };
  const reviewAgain = async (id: string) => {
    try {
      const current = await readPhoneNumber(id);
      // It may have been left out meanwhile.
      onTargets((now) => (now.has(id) ? new Map(now).set(id, current) : now));
      forget([id]);
    } catch (thrown) {
      toast({ tone: 'harm', message: failedMessage('The number', 'was not read', thrown) });
    }
  };
  const copyTo = (records: readonly PhoneNumber[]) => void start(records, bodyOf(source, parts));
  const told = [
    ...(count('copied') > 0 ? [`Copied to ${plural(count('copied'), 'number')}`] : []),
    ...(count('refused') > 0 ? [`${formatCount(count('refused'))} not copied`] : []),
    ...(count('overtaken') > 0 ? [`${formatCount(count('overtaken'))} changed meanwhile`] : []),
    ...(toCopy.length > 0
      ? [
          `${plural(toCopy.length, 'number')} ${hasBegun ? 'left' : toCopy.length === 1 ? 'changes' : 'change'}`,
        ]
      : []),
    ...(same > 0 ? [`${formatCount(same)} the same already`] : []),
  ];
  const withLines = rows.filter((row) => row.lines.length > 0 && !isDone(row));
  const asAbove = new Set(withLines.filter(({ likeness }, at) => withLines[at - 1]?.likeness === likeness));
  return (
    <>
      <div className="border-b px-5 pb-2.5">
        <output className="block text-ink-2">
          {run === null ? told.join(' · ') : 'Copying. You may close this: it goes on.'}
        </output>
        {loss !== null && !hasBegun && <p className="font-medium text-warn">{loss}</p>}
        {error !== null && <FormError messages={[error]} />}
      </div>
      <ul ref={list} aria-label="What changes" className="-my-3 min-h-0 flex-1 overflow-y-auto">
        {rows.map((row) => {
          const { record, lines } = row;
          return (
            <ReviewRow
              key={record._id}
              record={record}
              lines={lines}
              isAsAbove={asAbove.has(row)}
              outcome={outcomes.get(record._id)}
              onLeaveOut={run === null ? () => leaveOut(record._id) : undefined}
              onReview={run === null ? () => void reviewAgain(record._id) : undefined}
            />
          );
        })}
      </ul>
      <DialogFooter ref={footer} className="border-t px-5 py-3">
        {run !== null ? (
          <CopyProgress run={run} onStop={stop} onEnd={end} />
        ) : (
          <>
            {hasBegun && toCopy.length + refused.length === 0 ? (
              <Button onClick={onClose}>Done</Button>
            ) : (
              <>
                <Button variant="outline" onClick={hasBegun ? onClose : onBack}>
                  {hasBegun ? 'Close' : 'Back'}
                </Button>
                {refused.length > 0 && (
                  <Button
                    variant="outline"
                    onClick={() => {
                      forget(refused.map(({ _id }) => _id));
                      copyTo(refused);
                    }}
                  >
                    Try {plural(refused.length, 'number')} again
                  </Button>
                )}
                {(toCopy.length > 0 || !hasBegun) && (
                  <Button disabled={toCopy.length === 0} onClick={() => copyTo(toCopy)}>
                    {toCopy.length === 0 ? 'Nothing to copy' : `Copy to ${plural(toCopy.length, 'number')}`}
                  </Button>
                )}
              </>
            )}
          </>
        )}
      </DialogFooter>
    </>
  );
};
