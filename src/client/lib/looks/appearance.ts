import { useSyncExternalStore } from 'react';

/*
 * The theme: kept in this browser, shown as an attribute of <html>. index.html sets it before the first paint.
 */

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const THEME_KEY = 'cordboard.theme';

// Storage can be forbidden altogether; the console then forgets the choice and works.
const read = (key: string) => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
};
const write = (key: string, value: string | null) => {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    return;
  }
};

const systemDark = matchMedia('(prefers-color-scheme: dark)');
const subscribers = new Set<() => void>();

const readTheme = (): Theme => themes.find((theme) => theme === read(THEME_KEY)) ?? 'system';

let theme = readTheme();

const drawn = () => (theme === 'system' ? (systemDark.matches ? 'dark' : 'light') : theme);

const apply = () => {
  const root = document.documentElement.dataset;
  // All of it in one frame: what fades would for so long have the colours of one theme on the ground of the other.
  root.still = '';
  root.theme = drawn();
  void document.body.offsetHeight;
  delete root.still;
  for (const notify of subscribers) notify();
};

// This is loaded later than the page, and the evening may have come between.
if (document.documentElement.dataset.theme !== drawn()) apply();
systemDark.addEventListener('change', apply);
window.addEventListener('storage', ({ key }) => {
  if (key !== THEME_KEY) return;
  theme = readTheme();
  apply();
});

export const setTheme = (next: Theme) => {
  theme = next;
  write(THEME_KEY, next === 'system' ? null : next);
  apply();
};

const subscribe = (notify: () => void) => {
  subscribers.add(notify);
  return () => void subscribers.delete(notify);
};

export const useTheme = () => useSyncExternalStore(subscribe, () => theme);
