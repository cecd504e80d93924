import { durationWords } from '#routing/words/value-words.ts';

/** `3600` → `1 h`; empty where it is no whole number of seconds. The number stays beside its unit. */
export const secondsWords = (seconds: number | null): string =>
  seconds === null || !Number.isInteger(seconds) || seconds < 0
    ? ''
    : durationWords(seconds).replaceAll(/(\d) /g, '$1\u00a0');
