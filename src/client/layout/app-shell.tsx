import { useQuery } from '@tanstack/react-query';
import { Suspense, useEffect, useLayoutEffect, useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import { ApiError } from '#client/api/api-error.ts';
import { followChanges } from '#client/api/change-stream.ts';
import { workBegins } from '#client/api/sign-in-again.ts';
import { ErrorPanel } from '#client/components/error-panel.tsx';
import { useGoneSince } from '#client/api/connection.ts';
import { clockTime } from '#client/lib/words/format.ts';
import { useAgentChanges } from '#client/features/agents/queries.ts';
import { meQuery, useMe, useSessionChanges } from '#client/features/sessions/queries.ts';
import { BrandMark } from '#client/components/brand-mark.tsx';
import { showDensity } from '#client/lib/looks/density.ts';
import { lazyLater } from '#client/lib/lazy-part.ts';
import { Navigation, type Preload } from './navigation.tsx';
import { OperatorButton } from './operator-button.tsx';
import { Overlays } from './overlays.tsx';

// The first view needs the connection more than these do.
const FIRST_VIEW_MS = 1000;
const ViewLinks = lazyLater(FIRST_VIEW_MS, () =>
  import('./view-links.tsx').then((file) => ({ default: file.ViewLinks })),
);

const UpstreamNotice = lazyLater(3 * FIRST_VIEW_MS, () =>
  import('./upstream-notice.tsx').then((file) => ({ default: file.UpstreamNotice })),
);

const Brand = () => (
  <Link
    href="/numbers"
    className="mx-2 mb-3.5 flex h-6 items-center gap-2.25 self-start rounded-sm text-base font-semibold tracking-tight max-lg:self-center"
  >
    <BrandMark />
    <span className="max-lg:sr-only">Cordboard</span>
  </Link>
);

const GoneBanner = () => {
  const since = useGoneSince();
  return (
    since !== null && (
      <output className="block border-b border-warn/40 bg-paper px-4 py-1.5 text-warn">
        Not connected since {clockTime(since.toISOString())}. What you see may have changed, and nothing can
        be saved.
      </output>
    )
  );
};

const Frame = ({
  side,
  bottom,
  children,
}: {
  side?: ReactNode;
  bottom?: ReactNode;
  children?: ReactNode;
}) => (
  <div className="grid h-dvh grid-rows-[minmax(0,1fr)_auto] sm:grid-cols-[4.5rem_minmax(0,1fr)] lg:grid-cols-[13.5rem_minmax(0,1fr)] sm:grid-rows-[minmax(0,1fr)]">
    <a
      href="#main"
      className="absolute left-2 z-60 -translate-y-16 rounded-lg bg-ink px-3 py-2 font-medium text-paper focus:translate-y-2"
      onClick={(event) => {
        event.preventDefault();
        document.getElementById('main')?.focus();
      }}
    >
      Skip to content
    </a>
    <header className="hidden min-h-0 flex-col overflow-y-auto border-r p-1.5 pt-3.5 sm:flex lg:px-2.5">
      <Brand />
      {side}
    </header>
    <main
      id="main"
      tabIndex={-1}
      className="relative flex min-h-0 min-w-0 flex-col bg-surface outline-hidden"
    >
      <GoneBanner />
      {children}
    </main>
    {bottom && (
      <nav aria-label="Main" className="border-t bg-paper pb-[env(safe-area-inset-bottom)] sm:hidden">
        {bottom}
      </nav>
    )}
  </div>
);

const SignedIn = ({ preload, children }: { preload: Preload; children: ReactNode }) => {
  const { operator_id, email, compact_rows } = useMe();
  const [first] = useState(operator_id);
  useEffect(() => {
    // Another operator signed in in another tab: nothing here is theirs.
    if (operator_id !== first) location.reload();
    else return workBegins({ operator_id, email });
  }, [first, operator_id, email]);
  useLayoutEffect(() => showDensity(compact_rows), [compact_rows]);
  useEffect(followChanges, []);
  useAgentChanges();
  useSessionChanges();
  return (
    <Frame
      side={
        <>
          <nav aria-label="Main">
            <Navigation form="side" preload={preload} />
            <Suspense>
              <ViewLinks />
            </Suspense>
          </nav>
          {/* At the foot, and above what is there: nothing moves when it comes. */}
          <div className="mt-auto pt-4">
            <Suspense>
              <UpstreamNotice form="side" />
            </Suspense>
            <OperatorButton />
          </div>
        </>
      }
      bottom={
        <>
          <Suspense>
            <UpstreamNotice form="bottom" />
          </Suspense>
          <Navigation form="bottom" preload={preload} />
        </>
      }
    >
      {children}
      <Overlays />
    </Frame>
  );
};

/** Everything that needs a signed-in operator lives in here. */
export const AppShell = (props: { preload: Preload; children: ReactNode }) => {
  const me = useQuery(meQuery);
  if (me.data?.kind === 'operator') return <SignedIn {...props} />;
  // A missing session has already been sent to the sign-in page.
  const isSignedOut = me.error instanceof ApiError && me.error.status === 401;
  return (
    <Frame>
      {me.error && !isSignedOut && <ErrorPanel error={me.error} onRetry={() => void me.refetch()} />}
    </Frame>
  );
};
