import { useSyncExternalStore } from 'react';

/*
 * Theme and density: kept in this browser, shown as attributes of <html>. index.html sets both before the
 * first paint.
 */

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];
export const densities = ['comfortable', 'compact'] as const;
export type Density = (typeof densities)[number];

/** In pixels, as styles.css has it. */
export const ROW_HEIGHTS: Record<Density, number> = { comfortable: 40, compact: 32 };

const THEME_KEY = 'cordboard.theme';
const DENSITY_KEY = 'cordboard.density';

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
const readDensity = (): Density =>
  densities.find((density) => density === read(DENSITY_KEY)) ?? 'comfortable';

let theme = readTheme();
let density = readDensity();

const apply = () => {
  const root = document.documentElement.dataset;
  root.theme = theme === 'system' ? (systemDark.matches ? 'dark' : 'light') : theme;
  if (density === 'compact') root.density = density;
  else delete root.density;
  for (const notify of subscribers) notify();
};

systemDark.addEventListener('change', apply);
window.addEventListener('storage', ({ key }) => {
  if (key !== THEME_KEY && key !== DENSITY_KEY) return;
  theme = readTheme();
  density = readDensity();
  apply();
});

export const setTheme = (next: Theme) => {
  theme = next;
  write(THEME_KEY, next === 'system' ? null : next);
  apply();
};

export const setDensity = (next: Density) => {
  density = next;
  write(DENSITY_KEY, next === 'comfortable' ? null : next);
  apply();
};

const subscribe = (notify: () => void) => {
  subscribers.add(notify);
  return () => void subscribers.delete(notify);
};

export const useTheme = () => useSyncExternalStore(subscribe, () => theme);
export const useDensity = () => useSyncExternalStore(subscribe, () => density);
