import { lazy, Suspense, type ReactNode } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { ErrorBoundary } from '#client/components/error-boundary.tsx';
import { RowsSkeleton } from '#client/components/page.tsx';
import { PhoneNumbersPage } from '#client/features/number-list/phone-numbers-page.tsx';
import { AppShell } from '#client/layout/app-shell.tsx';

// Every screen but the list of numbers is fetched when it is first wanted, or when the hand comes near its
// link.
const loadAgents = () => import('#client/features/agents/agents-screen.tsx');
const loadBusinessHours = () => import('#client/features/business-hours/list/business-hours-page.tsx');
const loadFindings = () => import('#client/features/findings/findings-page.tsx');
const loadConnections = () => import('#client/features/connections/connections-page.tsx');
const loadJobs = () => import('#client/features/bulk-jobs/jobs-screen.tsx');
const loadActivity = () => import('#client/features/audit-events/activity-page.tsx');
const loadSettings = () => import('./settings-routes.tsx');

const AgentsScreen = lazy(() => loadAgents().then((file) => ({ default: file.AgentsScreen })));
const BusinessHoursPage = lazy(() =>
  loadBusinessHours().then((file) => ({ default: file.BusinessHoursPage })),
);
const FindingsPage = lazy(() => loadFindings().then((file) => ({ default: file.FindingsPage })));
const ConnectionsPage = lazy(() => loadConnections().then((file) => ({ default: file.ConnectionsPage })));
const JobsScreen = lazy(() => loadJobs().then((file) => ({ default: file.JobsScreen })));
const ActivityPage = lazy(() => loadActivity().then((file) => ({ default: file.ActivityPage })));
const SettingsRoutes = lazy(() => loadSettings().then((file) => ({ default: file.SettingsRoutes })));
const ImportPage = lazy(() =>
  import('#client/features/imports/import-page.tsx').then((file) => ({ default: file.ImportPage })),
);
const ConnectionImportPage = lazy(() =>
  import('#client/features/connection-imports/connection-import-page.tsx').then((file) => ({
    default: file.ConnectionImportPage,
  })),
);
const SignInPage = lazy(() =>
  import('#client/features/sessions/sign-in-page.tsx').then((file) => ({ default: file.SignInPage })),
);
const SetUpPage = lazy(() =>
  import('#client/features/sessions/set-up-page.tsx').then((file) => ({ default: file.SetUpPage })),
);
const NotFoundPage = lazy(() =>
  import('#client/layout/not-found-page.tsx').then((file) => ({ default: file.NotFoundPage })),
);

const loaders: Record<string, () => Promise<unknown>> = {
  '/agents': loadAgents,
  '/business-hours': loadBusinessHours,
  '/findings': loadFindings,
  '/connections': loadConnections,
  '/jobs': loadJobs,
  '/activity': loadActivity,
  '/settings/account': () => loadSettings().then((file) => file.preloadSettings()),
};
const preload = (href: string) => void loaders[href]?.();

/** A fault stays within its screen, and another screen starts clean. */
const Screen = ({ children }: { children: ReactNode }) => {
  const [path] = useLocation();
  return (
    <ErrorBoundary key={path.split('/')[1]}>
      <Suspense fallback={<RowsSkeleton />}>{children}</Suspense>
    </ErrorBoundary>
  );
};

const SignedInRoutes = () => (
  <Switch>
    <Route path="/">
      <Redirect to="/numbers" replace />
    </Route>
    {/* One route for the list, the form that adds and one number: the list behind them must not be drawn anew. */}
    <Route path="/numbers/:id?">
      {({ id }) => (
        <PhoneNumbersPage openId={id === undefined || id === 'new' ? null : id} isAdding={id === 'new'} />
      )}
    </Route>
    <Route path="/imports/:id?">{({ id }) => <ImportPage importId={id} />}</Route>
    <Route path="/agents/:id?">{({ id }) => <AgentsScreen agentId={id} />}</Route>
    <Route path="/business-hours">
      <BusinessHoursPage />
    </Route>
    <Route path="/findings">
      <FindingsPage />
    </Route>
    <Route path="/connections">
      <ConnectionsPage />
    </Route>
    <Route path="/connections/:id/import/:plan">
      {({ id, plan }) => <ConnectionImportPage connection_id={id} plan_id={plan} />}
    </Route>
    <Route path="/jobs/:id?">{({ id }) => <JobsScreen jobId={id} />}</Route>
    <Route path="/activity">
      <ActivityPage />
    </Route>
    <Route path="/settings/*?">
      <SettingsRoutes />
    </Route>
    <Route>
      <NotFoundPage />
    </Route>
  </Switch>
);

export const Routes = () => (
  <Switch>
    <Route path="/sign-in">
      <Screen>
        <SignInPage />
      </Screen>
    </Route>
    <Route path="/set-up">
      <Screen>
        <SetUpPage />
      </Screen>
    </Route>
    <Route>
      <AppShell preload={preload}>
        <Screen>
          <SignedInRoutes />
        </Screen>
      </AppShell>
    </Route>
  </Switch>
);
