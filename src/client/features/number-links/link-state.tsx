import type { Link } from '#contract/connections/links.ts';
import { useConnections } from '#client/features/connections/queries.ts';
import { classes } from '#client/lib/classes.ts';
import { linkStateNames } from '#client/lib/words/list-words.ts';
import { useNow } from '#client/lib/use-now.ts';
import { linkWords, seenTurns, toneDots, toneText } from './link-words.ts';

interface LinkStateProps {
  link: Link;
  /** Its message stands elsewhere. */
  isTerse?: boolean;
}

/** What a number is on a platform, in words that go on with the time. */
export const LinkState = ({ link, isTerse = false }: LinkStateProps) => {
  const { connection_id: id, seen_at: seenAt, next_try_at: nextTryAt } = link;
  const now = useNow(...seenTurns(seenAt), ...(nextTryAt === null ? [] : [Date.parse(nextTryAt)]));
  const connection = useConnections().data?.connections.find((each) => each.connection_id === id);
  const [whole, tone] = linkWords(link, connection ?? { name: 'the platform', paused: false }, now);
  const words = isTerse && link.message !== null ? linkStateNames[link.state] : whole;
  return (
    <>
      <p className="flex min-w-0 items-center gap-1.5" title={words}>
        <span aria-hidden="true" className={classes('size-1.75 shrink-0 rounded-full', toneDots[tone])} />
        {/* Where there is no room for both, the name gives way: the state is what one looks for. */}
        <bdi className="min-w-16 shrink-[99] truncate font-medium">{connection?.name ?? 'Upstream'}</bdi>
        <span className={classes('truncate', toneText[tone])}>{words}</span>
      </p>
      {/* The state is told as it changes; how long ago it was seen is not. */}
      <output className="sr-only">{linkStateNames[link.state]}</output>
    </>
  );
};
