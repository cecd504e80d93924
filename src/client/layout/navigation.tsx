import { Suspense } from 'react';
import { Link, useLocation } from 'wouter';
import { lazyLater } from '#client/lib/lazy-part.ts';
import { classes } from '#client/lib/classes.ts';
import { formatCount } from '#client/lib/words/format.ts';
import { useAgents } from '#client/features/agents/queries.ts';
import { useMay } from '#client/features/sessions/queries.ts';
import { NavCount } from './nav-count.tsx';
import { navIcons } from './nav-icons.tsx';
import { useNumberCount } from '#client/features/number-count/queries.ts';

/** Fetches a screen's files before it is asked for. */
export type Preload = (href: string) => void;

// The first view needs the connection more than these figures do.
const FIRST_VIEW_MS = 3000;
const FindingCount = lazyLater(FIRST_VIEW_MS, () =>
  import('./finding-count.tsx').then((file) => ({ default: file.FindingCount })),
);
const JobCount = lazyLater(FIRST_VIEW_MS, () =>
  import('./job-count.tsx').then((file) => ({ default: file.JobCount })),
);

interface Item {
  href: string;
  /** Where the item is current. */
  within: string;
  label: string;
  /** Where there is little room. */
  shortLabel?: string;
  icon: keyof typeof navIcons;
  count?: string;
}

const useItems = (): Item[] => {
  const numbers = useNumberCount();
  const agents = useAgents().data;
  const isAdmin = useMay('admin');
  const activeAgents = agents?.filter(({ agent_status }) => agent_status === 'active').length;
  return [
    {
      href: '/numbers',
      within: '/numbers',
      label: 'Numbers',
      icon: 'numbers',
      count: numbers && `${numbers.isExact ? '' : '≈\u2009'}${formatCount(numbers.count)}`,
    },
    {
      href: '/agents',
      within: '/agents',
      label: 'Agents',
      icon: 'agents',
      count: activeAgents === undefined ? undefined : formatCount(activeAgents),
    },
    {
      href: '/business-hours',
      within: '/business-hours',
      label: 'Business hours',
      shortLabel: 'Hours',
      icon: 'businessHours',
    },
    { href: '/findings', within: '/findings', label: 'Findings', icon: 'findings' },
    {
      href: '/connections',
      within: '/connections',
      label: 'Connections',
      shortLabel: 'Connect',
      icon: 'connections',
    },
    { href: '/jobs', within: '/jobs', label: 'Jobs', icon: 'jobs' },
    ...(isAdmin
      ? [{ href: '/activity', within: '/activity', label: 'Activity', icon: 'activity' } as const]
      : []),
    { href: '/settings/account', within: '/settings', label: 'Settings', icon: 'settings' },
  ];
};

const sideClass =
  'flex items-center rounded-md text-ink-2 hover:bg-hover hover:text-ink current:bg-press current:font-medium current:text-ink ' +
  'max-lg:h-12 max-lg:flex-col max-lg:justify-center max-lg:gap-0.5 max-lg:text-2xs lg:h-7.5 lg:gap-2.25 lg:px-2';
const bottomClass =
  'flex min-w-0 flex-1 flex-col items-center justify-center gap-0.5 rounded-md text-2xs ' +
  'text-ink-2 -outline-offset-2 current:font-medium current:text-ink';

/** The same places twice: down the side, with words below the signs where it is narrow, and along the bottom of a phone. */
export const Navigation = ({ form, preload }: { form: 'side' | 'bottom'; preload: Preload }) => {
  const [path] = useLocation();
  return (
    <ul className={form === 'side' ? 'grid gap-px' : 'flex h-13 gap-0.5 px-1 *:flex *:flex-1'}>
      {useItems().map(({ href, within, label, shortLabel = label, icon, count }) => (
        <li key={href}>
          <Link
            href={href}
            aria-current={path === within || path.startsWith(`${within}/`) ? 'page' : undefined}
            className={form === 'side' ? sideClass : bottomClass}
            onPointerEnter={() => preload(href)}
            onFocus={() => preload(href)}
          >
            {navIcons[icon]}
            <span className={classes('truncate', form === 'side' && label !== shortLabel && 'lg:hidden')}>
              {shortLabel}
            </span>
            {form === 'side' && label !== shortLabel && <span className="max-lg:hidden">{label}</span>}
            {form === 'side' && count !== undefined && <NavCount>{count}</NavCount>}
            {form === 'side' && (
              <Suspense>
                {icon === 'findings' && <FindingCount />}
                {icon === 'jobs' && <JobCount />}
              </Suspense>
            )}
          </Link>
        </li>
      ))}
    </ul>
  );
};
