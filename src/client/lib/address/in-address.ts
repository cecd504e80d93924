import { useSearch } from 'wouter';
import { goBack, goTo, onceThere } from '#client/lib/location.ts';

/*
 * What is chosen or opened within a page is in its address: a reload shows it again, and Back closes what was
 * opened.
 */

interface Way {
  /** How many steps of the tab's history lie within the page: each opened something. */
  depth?: number;
}
export const wayHere = () => history.state as Way | null;

const withParam = (name: string, value: string | null) => {
  const params = new URLSearchParams(location.search);
  if (value === null) params.delete(name);
  else params.set(name, value);
  return params.size > 0 ? `${location.pathname}?${params}` : location.pathname;
};

export const useInAddress = (name: string): string | null => new URLSearchParams(useSearch()).get(name);

/** Chooses, as a tab is chosen: no step that Back would take. */
export const chooseInAddress = (name: string, value: string | null): void =>
  onceThere(() => goTo(withParam(name, value), { replace: true, state: history.state }));

/** Opens something within the page. Where something is open by this name, it takes its place. */
export const openInAddress = (name: string, value: string): void =>
  onceThere(() => {
    if (new URLSearchParams(location.search).has(name)) chooseInAddress(name, value);
    else goTo(withParam(name, value), { state: { ...wayHere(), depth: (wayHere()?.depth ?? 0) + 1 } });
  });

/** Closes it; what is open in its place by now stays. */
export const closeInAddress = (name: string, value: string): void =>
  onceThere(() => {
    if (new URLSearchParams(location.search).get(name) !== value) return;
    if ((wayHere()?.depth ?? 0) > 0) goBack();
    else chooseInAddress(name, null);
  });
