import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { Badge } from '#client/components/ui/badge.tsx';
import { useKeysEndingSoon } from '#client/features/api-keys/queries.ts';
import { useMay } from '#client/features/sessions/queries.ts';

const tabClass =
  '-mb-px border-b-2 border-transparent pt-3.75 whitespace-nowrap text-ink-2 -outline-offset-2 ' +
  'hover:text-ink current:border-cord current:font-medium current:text-ink';

/** How many keys need a successor; whoever never opens their page sees it here. */
const EndingKeys = () => {
  const count = useKeysEndingSoon().length;
  return count === 0 ? null : (
    <Badge variant="warn" className="ml-1.5">
      {count}
      <span className="sr-only">{count === 1 ? 'ends soon' : 'end soon'}</span>
    </Badge>
  );
};

export const SettingsLayout = ({ children }: { children: ReactNode }) => {
  const [path] = useLocation();
  const isAdmin = useMay('admin');
  const places = [
    { href: '/settings/account', label: 'Account' },
    ...(isAdmin
      ? [
          { href: '/settings/operators', label: 'Operators' },
          { href: '/settings/api-keys', label: 'API keys' },
          { href: '/settings/limits', label: 'Limits' },
        ]
      : []),
    { href: '/settings/appearance', label: 'Appearance' },
  ];
  return (
    <>
      <nav
        aria-label="Settings"
        className="flex h-13 shrink-0 gap-3.5 overflow-x-auto border-b px-4 sm:gap-5"
      >
        {/* Where it is narrow, the navigation below says it. */}
        <span className="self-center text-base font-semibold tracking-tight max-sm:hidden">Settings</span>
        {places.map(({ href, label }) => (
          <Link key={href} href={href} aria-current={path === href ? 'page' : undefined} className={tabClass}>
            {label}
            {href === '/settings/api-keys' && <EndingKeys />}
          </Link>
        ))}
      </nav>
      <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
    </>
  );
};
