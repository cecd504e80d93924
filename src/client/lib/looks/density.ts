/*
 * How high rows are. The server keeps it with the operator; this browser keeps a copy, by which index.html draws the
 * first paint.
 */
const KEY = 'cordboard.density';

export const showDensity = (isCompact: boolean): void => {
  const root = document.documentElement.dataset;
  if (isCompact) root.density = 'compact';
  else delete root.density;
  // Storage can be forbidden altogether: then only the first paint is as it was.
  try {
    if (isCompact) localStorage.setItem(KEY, 'compact');
    else localStorage.removeItem(KEY);
  } catch {
    return;
  }
};
