/** Requests that index.html began before any script had loaded, by URL. */
declare global {
  interface Window {
    __early?: Record<string, Promise<Response> | undefined>;
  }
}

// An early answer is for the first view; one that nobody asked for by then would be stale.
const FIRST_VIEW_MS = 20_000;

/** Whether such an answer is on its way, or here. */
export const isEarly = (path: string): boolean =>
  Object.keys(window.__early ?? {}).some((url) => url.startsWith(path));

/** The early answer to a GET of this URL, once. */
export const takeEarly = (url: string): Promise<Response> | undefined => {
  const started = window.__early?.[url];
  if (started === undefined) return undefined;
  delete window.__early?.[url];
  return performance.now() < FIRST_VIEW_MS ? started : undefined;
};

/**
 * What was answered before a write may be untrue after it: a sign-in, above all, turns every refusal into an
 * answer.
 */
export const dropEarly = () => {
  delete window.__early;
};
