import type { NotRestored } from '#contract/numbers/restored.ts';

/** What came back, and what did not: `+880 1711-204418 restored`, and then each loss as the server says it. */
export const restoredWords = (what: string, lost: readonly NotRestored[] | undefined): string =>
  lost === undefined
    ? `${what} restored`
    : [`${what} restored, but not all of it.`, ...lost.map(({ message }) => message)].join(' ');

/** Long enough to read what was lost. */
export const restoredMs = (lost: readonly NotRestored[] | undefined): number | undefined =>
  lost === undefined ? undefined : 20_000;
