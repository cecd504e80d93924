import { useQuery } from '@tanstack/react-query';
import { TriangleAlertIcon } from 'lucide-react';
import { Link } from 'wouter';
import type { Connection } from '#contract/connections/connections.ts';
import { connectionsQuery, useConnections } from '#client/features/connections/queries.ts';
import {
  notUpstreamHref,
  useNotUpstream,
  useUpstreamChanges,
} from '#client/features/number-links/queries.ts';
import { classes } from '#client/lib/classes.ts';
import { formatCount, plural } from '#client/lib/words/format.ts';
import { useNow } from '#client/lib/use-now.ts';

interface Trouble {
  words: string;
  /** Where there is room for no more. */
  count?: string;
  href: string;
}

/** A key that is not taken stops everything, and is said before what waits for it. */
const keyTrouble = (connections: readonly Connection[], now: number): Trouble | null => {
  const refused = connections.find(({ state, paused }) => state === 'refused' && !paused);
  if (refused) return { words: `${refused.name} refuses its key`, href: '/connections' };
  const ended = connections.find(
    ({ key_expires_at: end, paused }) => end !== null && Date.parse(end) <= now && !paused,
  );
  return ended ? { words: `The key of ${ended.name} has ended`, href: '/connections' } : null;
};

const useTrouble = (): Trouble | null => {
  const connections = useQuery(connectionsQuery).data?.connections ?? [];
  const now = useNow();
  const count = useNotUpstream(connections.length > 0);
  const ofKey = keyTrouble(connections, now);
  if (ofKey !== null || connections.length === 0 || count === 0) return ofKey;
  const [only] = connections;
  const where = connections.length === 1 && only ? `on ${only.name}` : 'upstream';
  return {
    count: formatCount(count),
    words: `${plural(count, 'number')} ${count === 1 ? 'is not' : 'are not'} ${where} as ${count === 1 ? 'it is' : 'they are'} saved here`,
    href: notUpstreamHref,
  };
};

/** What the banner says is kept true in one place, although it may stand in two. */
const Watch = () => {
  const { data } = useConnections();
  useUpstreamChanges((data?.connections.length ?? 0) > 0);
  return null;
};

/** The one banner of what is saved here and not upstream, where nothing has to move for it. */
export const UpstreamNotice = ({ form }: { form: 'side' | 'bottom' }) => {
  const trouble = useTrouble();
  return (
    <output className="block">
      {form === 'side' && <Watch />}
      {trouble && (
        <Link
          href={trouble.href}
          title={trouble.words}
          className={classes(
            'flex gap-2 text-xs text-warn hover:bg-hover',
            form === 'side'
              ? 'mb-2 rounded-lg border border-warn/40 px-2 py-1.5 max-lg:justify-center'
              : 'min-h-9 items-center border-b px-4 py-1.5',
          )}
        >
          <TriangleAlertIcon aria-hidden="true" className="mt-px size-3.5 shrink-0" />
          {form === 'side' && trouble.count !== undefined && (
            <span aria-hidden="true" className="truncate lg:hidden">
              {trouble.count}
            </span>
          )}
          <span className={classes('min-w-0 wrap-anywhere', form === 'side' && 'max-lg:sr-only')}>
            {trouble.words}
          </span>
        </Link>
      )}
    </output>
  );
};
