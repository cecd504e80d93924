import { CheckIcon } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import type { EstateFinding } from '#contract/numbers/route.ts';
import { Button } from '#client/components/ui/button.tsx';
import { editBusinessHours } from '#client/features/business-hours/questions.ts';
import { leaveAt } from '#client/lib/left-at.ts';
import { stateOf } from './finding-to-mend.ts';
import { keyOf, numberHref } from './finding-words.ts';
import { Repair } from './repair.tsx';
import type { Mended } from './use-mended.ts';

const linkClass =
  'rounded-sm text-left font-medium underline ' +
  'decoration-line-2 underline-offset-3 hover:decoration-current';

const Subject = ({ finding }: { finding: EstateFinding }) => {
  const { phone_number: number, business_hours: hours } = finding;
  if (number !== null)
    return (
      <>
        <Link
          href={numberHref(finding)}
          state={stateOf(finding)}
          className={`${linkClass} shrink-0 whitespace-nowrap`}
          onClick={leaveAt(keyOf(finding))}
        >
          {number.phone_number_international}
        </Link>
        {number.friendly_name !== null && (
          <bdi className="min-w-0 truncate text-ink-2" title={number.friendly_name}>
            {number.friendly_name}
          </bdi>
        )}
      </>
    );
  if (hours === null) return null;
  return (
    <button
      type="button"
      className={`${linkClass} wrap-anywhere`}
      onClick={() => void editBusinessHours({ businessHoursId: hours.business_hours_id })}
    >
      <bdi>{hours.name}</bdi>
    </button>
  );
};

const MendedNote = ({ mended: { now, undo } }: { mended: Mended }) => (
  <>
    <bdi className="min-w-0 truncate" title={now}>
      {now}
    </bdi>
    {undo && (
      <Button variant="outline" size="sm" onClick={undo}>
        Undo
      </Button>
    )}
    <span className="flex shrink-0 items-center gap-1 text-ok">
      <CheckIcon aria-hidden="true" className="size-4" />
      Mended
    </span>
  </>
);

interface FindingRowProps {
  finding: EstateFinding;
  mayEdit: boolean;
  mended: Mended | undefined;
}

/** A number, or hours, of which the sentence above is said, and what puts it right. */
export const FindingRow = ({ finding, mayEdit, mended }: FindingRowProps) => {
  const row = useRef<HTMLLIElement>(null);
  const was = useRef(mended);
  useEffect(() => {
    if (was.current === mended) return;
    was.current = mended;
    // What was pressed is gone: the focus stays in its row.
    if (document.activeElement === document.body)
      row.current?.querySelector<HTMLElement>('a, button')?.focus();
  }, [mended]);
  return (
    <li
      ref={row}
      data-row={keyOf(finding)}
      className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 border-t border-line/60 py-1.5"
    >
      <div className="flex min-w-0 flex-[1_1_14rem] items-baseline gap-2">
        <Subject finding={finding} />
      </div>
      <div className="flex min-w-0 items-center gap-2">
        {mended ? <MendedNote mended={mended} /> : mayEdit && <Repair finding={finding} />}
      </div>
    </li>
  );
};
