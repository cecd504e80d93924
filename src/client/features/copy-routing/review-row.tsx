import { classes } from '#client/lib/classes.ts';
import { CheckIcon, CircleAlertIcon, EqualIcon, XIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { Button } from '#client/components/ui/button.tsx';
import type { ChangeLine } from '#client/features/audit-events/change-line.ts';
import { ChangeLines } from '#client/features/audit-events/change-lines.tsx';
import type { Outcome } from './copy-plan.ts';

const marks: Record<Outcome['kind'], ReactNode> = {
  copied: <CheckIcon className="size-4 shrink-0 text-ok" aria-hidden="true" />,
  overtaken: <CircleAlertIcon className="size-4 shrink-0 text-warn" aria-hidden="true" />,
  refused: <CircleAlertIcon className="size-4 shrink-0 text-harm" aria-hidden="true" />,
};

const wordsOf = (outcome: Outcome): string => {
  switch (outcome.kind) {
    case 'copied':
      return 'Copied';
    case 'overtaken':
      return 'Someone changed it meanwhile: nothing was copied.';
    case 'refused':
      return `Not copied. ${outcome.message}`;
  }
};

interface Props {
  record: PhoneNumber;
  lines: readonly ChangeLine[];
  /** The number above changes alike, and shows how. */
  isAsAbove: boolean;
  outcome: Outcome | undefined;
  /** Both absent while copying. */
  onLeaveOut?: () => void;
  onReview?: () => void;
}

/** One number: what will change, or what became of it. */
export const ReviewRow = ({ record, lines, isAsAbove, outcome, onLeaveOut, onReview }: Props) => {
  const { phone_number_international: number, friendly_name: label } = record;
  const isSame = lines.length === 0 && outcome === undefined;
  const isCopied = outcome?.kind === 'copied';
  return (
    <li
      className={classes(
        'grid grid-cols-[minmax(0,1fr)] gap-1 border-b border-line/60 px-5 py-2.5',
        '[contain-intrinsic-size:auto_5rem] [content-visibility:auto]',
      )}
    >
      <div className="flex min-h-6.5 items-center gap-2">
        {outcome
          ? marks[outcome.kind]
          : isSame && <EqualIcon className="size-4 shrink-0 text-ink-3" aria-hidden="true" />}
        <span className="shrink-0 font-medium whitespace-nowrap">{number}</span>
        {label !== null && <bdi className="min-w-0 truncate text-ink-2">{label}</bdi>}
        {isCopied && <span className="ml-auto shrink-0 pl-2 text-ink-2">{wordsOf(outcome)}</span>}
        {onLeaveOut && !isCopied && (
          <Button
            variant="ghost"
            size="iconSm"
            className="ml-auto"
            aria-label={`Leave out ${number}`}
            onClick={onLeaveOut}
          >
            <XIcon aria-hidden="true" />
          </Button>
        )}
      </div>
      {isSame && <p className="text-ink-2">The same already: skipped.</p>}
      {lines.length > 0 &&
        !isCopied &&
        (isAsAbove ? <p className="text-ink-2">Changes as above.</p> : <ChangeLines lines={lines} />)}
      {outcome && !isCopied && (
        <p className={outcome.kind === 'refused' ? 'text-harm wrap-anywhere' : 'text-ink-2'}>
          {wordsOf(outcome)}
          {outcome.kind === 'overtaken' && onReview && (
            <Button variant="outline" size="sm" className="ml-2" onClick={onReview}>
              Review again
            </Button>
          )}
        </p>
      )}
    </li>
  );
};
