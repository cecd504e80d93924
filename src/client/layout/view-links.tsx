import { Link } from 'wouter';
import type { View } from '#contract/views.ts';
import {
  hrefOfView,
  ownFirst,
  useShownList,
  useViewCount,
  useViews,
} from '#client/features/views/queries.ts';
import { useConsoleLocation } from '#client/lib/location.ts';
import { useMe } from '#client/features/sessions/queries.ts';
import { formatCount } from '#client/lib/words/format.ts';
import { NavCount } from './nav-count.tsx';

const MOST_COUNTED = 10_000;
// Each is counted now and then.
const MOST_LINKS = 12;

const ViewCount = ({ view }: { view: View }) => {
  const count = useViewCount(view);
  if (count?.total_count === undefined) return null;
  const isMore = count.total_is_exact === false || count.total_count > MOST_COUNTED;
  return <NavCount>{isMore ? `${formatCount(MOST_COUNTED)}+` : formatCount(count.total_count)}</NavCount>;
};

/** The views that stand in the navigation, each with how many numbers it shows. */
export const ViewLinks = () => {
  const [path] = useConsoleLocation();
  const shown = useShownList();
  const me = useMe();
  const all = useViews()?.filter((view) => view.pinned) ?? [];
  // The palette finds the rest.
  const pinned = ownFirst(all, me.operator_id).slice(0, MOST_LINKS);
  if (pinned.length === 0) return null;
  return (
    <section aria-labelledby="views-title" className="mt-4 max-lg:hidden">
      <h2 id="views-title" className="px-2 pb-1 text-xs text-ink-3">
        Views
      </h2>
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-px">
        {pinned.map((view) => {
          const href = hrefOfView(view);
          return (
            <li key={view.view_id}>
              <Link
                href={href}
                aria-current={path.startsWith('/numbers') && shown === href ? 'page' : undefined}
                className="flex h-7.5 items-center rounded-md px-2 text-ink-2 hover:bg-hover hover:text-ink current:bg-press current:font-medium current:text-ink"
              >
                <bdi className="min-w-0 truncate">{view.name}</bdi>
                <ViewCount view={view} />
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
};
