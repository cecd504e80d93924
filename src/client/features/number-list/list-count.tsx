import { useEffect, useState } from 'react';
import { plural } from '#client/lib/words/format.ts';

const SETTLE_MS = 600;

/** How many numbers match: at once for the eye, and once it has come to rest for those who listen. */
export const ListCount = ({
  count,
  isExact,
  isBusy,
}: {
  count: number | undefined;
  isExact: boolean;
  isBusy: boolean;
}) => {
  const words = count === undefined ? '' : plural(count, 'number');
  const nextAnnouncement = isExact || words === '' ? words : `About ${words}`;
  const [announcement, announce] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => (isBusy ? undefined : announce(nextAnnouncement)), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [nextAnnouncement, isBusy]);
  return (
    <>
      <span
        // Room for a count that is yet to come, or grows: the filters beside it stay where they are.
        className="ml-auto min-w-26 pl-2 leading-8 whitespace-nowrap text-ink-3 max-sm:order-first max-sm:ml-0 max-sm:pl-0 sm:text-end"
        aria-hidden="true"
      >
        {isExact ? '' : '≈\u2009'}
        {words}
      </span>
      <output className="sr-only">{announcement}</output>
    </>
  );
};
