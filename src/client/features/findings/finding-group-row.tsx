import { CircleXIcon, TriangleAlertIcon } from 'lucide-react';
import { Link } from 'wouter';
import type { EstateFinding } from '#contract/numbers/route.ts';
import { editBusinessHours } from '#client/features/business-hours/questions.ts';
import { numberHref, type FindingGroup } from './finding-words.ts';

const linkClass =
  'max-w-full justify-self-start rounded-sm text-left font-medium wrap-anywhere underline ' +
  'decoration-line-2 underline-offset-3 hover:decoration-current';

const Severity = ({ severity }: Pick<EstateFinding, 'severity'>) =>
  severity === 'error' ? (
    <CircleXIcon aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-harm" />
  ) : (
    <TriangleAlertIcon aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-warn" />
  );

const Subject = ({ first }: { first: EstateFinding }) => {
  const { phone_number: number, business_hours: hours } = first;
  if (number !== null)
    return (
      <>
        <Link href={numberHref(first)} className={linkClass}>
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
    <>
      <button
        type="button"
        className={linkClass}
        onClick={() => void editBusinessHours({ businessHoursId: hours.business_hours_id })}
      >
        <bdi>{hours.name}</bdi>
      </button>
      <span className="text-ink-2">Business hours</span>
    </>
  );
};

/** One number or one set of hours, and beside it everything that is wrong there, each with the way out. */
export const FindingGroupRow = ({ findings }: FindingGroup) => {
  const [first] = findings;
  if (first === undefined) return null;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-x-6 gap-y-1.5 border-b border-line/60 px-4 py-2.5 sm:grid-cols-[13rem_minmax(0,1fr)]">
      <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start">
        <Subject first={first} />
      </div>
      <ul className="grid min-w-0 content-start gap-2">
        {findings.map(({ code, severity, pointer, message, fix }) => (
          <li key={`${code} ${pointer}`} className="flex min-w-0 gap-2.5">
            <Severity severity={severity} />
            <div className="min-w-0 wrap-anywhere">
              <p>
                <span className="sr-only">{severity === 'error' ? 'Error: ' : 'Warning: '}</span>
                {message}
              </p>
              <p className="text-ink-2">{fix}</p>
            </div>
          </li>
        ))}
      </ul>
    </li>
  );
};
