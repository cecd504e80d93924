import { MutationCache, notifyManager, QueryCache, QueryClient } from '@tanstack/react-query';
import { goTo, here } from '#client/lib/location.ts';
import { ApiError } from './api-error.ts';

/**
 * While it runs, the old session may have ended before the answer with the new one is here: who is refused is
 * not signed out.
 */
export const CHANGING_SESSION = ['change-session'];

/** Where to sign in, and come back from. */
export const signInHref = () => `/sign-in?next=${encodeURIComponent(here())}`;

/** Nobody was signed in when the page was opened. */
const onError = (thrown: Error) => {
  if (!(thrown instanceof ApiError) || thrown.code !== 'unauthenticated' || here().startsWith('/sign-in'))
    return;
  goTo(signInHref(), { replace: true });
};

/** What the caller did wrong stays wrong; what failed on the way may succeed. */
const isWorthRetrying = (thrown: Error) =>
  thrown instanceof ApiError && (thrown.status === 0 || thrown.status >= 500);

// Else what was chosen is drawn a task later: until then a box shows what it was before it was pressed.
notifyManager.setScheduler(queueMicrotask);

export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (thrown) => {
      if (queryClient.isMutating({ mutationKey: CHANGING_SESSION }) === 0) onError(thrown);
    },
  }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: {
      retry: (failures, thrown) => failures < 2 && isWorthRetrying(thrown),
      retryDelay: (failures) => Math.min(500 * 2 ** failures, 4000),
      // The change stream says what is stale; this only bounds what a lost stream could hide.
      staleTime: 60_000,
      // The browser's own idea of being offline is wrong too often to wait for it.
      networkMode: 'always',
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});
