const units = [
  [3600, 'h'],
  [60, 'min'],
  [1, 's'],
] as const;

/** `3600` → `1 h`, `90` → `1 min 30 s`; empty where it is no whole number of seconds. */
export const secondsWords = (seconds: number | null): string => {
  if (seconds === null || !Number.isInteger(seconds) || seconds < 0) return '';
  if (seconds === 0) return '0 s';
  let left = seconds;
  const parts: string[] = [];
  for (const [size, unit] of units) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push(`${count}\u00a0${unit}`);
  }
  return parts.join(' ');
};
