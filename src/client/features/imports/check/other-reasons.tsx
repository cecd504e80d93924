import { Button } from '#client/components/ui/button.tsx';
import { formatCount, plural } from '#client/lib/words/format.ts';
import type { RefusalGroup } from './refusal-groups.tsx';
import { showRefused } from './show-refused.ts';

const SHOWN = 4;

/** Why else rows are refused, each reason with how many have it: they have to be mended in the file. */
export const OtherReasons = ({ groups }: { groups: readonly RefusalGroup[] }) => {
  const more = groups.length - SHOWN;
  return (
    <>
      {groups.slice(0, SHOWN).map(({ code, count, message, others }) => (
        <li key={code} className="flex flex-wrap items-baseline gap-x-4 gap-y-1 px-4 py-2">
          <span className="w-16 shrink-0 font-medium tabular-nums">{plural(count, 'row')}</span>
          <span className="min-w-0 flex-1 basis-60 text-ink-2 wrap-anywhere">
            {message}
            {others > 0 && ` And ${formatCount(others)} like it.`}
          </span>
        </li>
      ))}
      {groups.length > 0 && (
        <li className="px-4 py-2">
          <Button variant="link" size="sm" onClick={showRefused}>
            {more > 0 ? `${plural(more, 'more reason')}, and every refused row` : 'Show every refused row'}
          </Button>
        </li>
      )}
    </>
  );
};
