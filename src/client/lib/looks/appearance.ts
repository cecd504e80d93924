import { useSyncExternalStore } from 'react';

/*
 * The theme: kept in this browser, shown as an attribute of <html>. index.html sets it before the first paint, and
 * follows the system.
 */

declare global {
  interface Window {
    __showTheme(theme: Theme): void;
  }
}

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

const subscribers = new Set<() => void>();

const readTheme = (): Theme => themes.find((theme) => theme === read(THEME_KEY)) ?? 'system';

let theme = readTheme();

const apply = () => {
  window.__showTheme(theme);
  for (const notify of subscribers) notify();
};

// Also where nothing could be kept, which is all that index.html goes by.
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', apply);
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
