import { lazy, Suspense } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { RowsSkeleton } from '#client/components/page.tsx';
import { SettingsLayout } from '#client/layout/settings-layout.tsx';

const loadAccount = () => import('#client/features/sessions/account-page.tsx');
const AccountPage = lazy(() => loadAccount().then((file) => ({ default: file.AccountPage })));
const OperatorsPage = lazy(() =>
  import('#client/features/operators/operators-page.tsx').then((file) => ({ default: file.OperatorsPage })),
);
const ApiKeysPage = lazy(() =>
  import('#client/features/api-keys/api-keys-page.tsx').then((file) => ({ default: file.ApiKeysPage })),
);
const LimitsPage = lazy(() =>
  import('#client/features/settings/limits-page.tsx').then((file) => ({ default: file.LimitsPage })),
);
const AppearancePage = lazy(() =>
  import('#client/layout/appearance-page.tsx').then((file) => ({ default: file.AppearancePage })),
);
const NotFoundPage = lazy(() =>
  import('#client/layout/not-found-page.tsx').then((file) => ({ default: file.NotFoundPage })),
);

/** With the page that the settings open on. */
export const preloadSettings = (): Promise<unknown> => loadAccount();

const pages = {
  '/settings/account': AccountPage,
  '/settings/operators': OperatorsPage,
  '/settings/api-keys': ApiKeysPage,
  '/settings/limits': LimitsPage,
  '/settings/appearance': AppearancePage,
};

/** One page of the settings, below their navigation. */
export const SettingsRoutes = () => (
  <SettingsLayout>
    <Suspense fallback={<RowsSkeleton />}>
      <Switch>
        <Route path="/settings">
          <Redirect to="/settings/account" replace />
        </Route>
        {Object.entries(pages).map(([path, Page]) => (
          <Route key={path} path={path}>
            <Page />
          </Route>
        ))}
        <Route>
          <NotFoundPage />
        </Route>
      </Switch>
    </Suspense>
  </SettingsLayout>
);
