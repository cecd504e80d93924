import { lookOf, trimmed } from '#contract/reading/text.ts';

/**
 * Adds what was typed or pasted, split at commas and lines. A label that looks like one that is there already
 * is not added.
 */
export const addLabels = (labels: readonly string[], text: string) => {
  const next = [...labels];
  const added: string[] = [];
  const duplicates: string[] = [];
  for (const label of text.split(/[,\n\t]/).map((part) => trimmed(part).normalize('NFC'))) {
    if (label === '') continue;
    if (next.some((other) => lookOf(other) === lookOf(label))) duplicates.push(label);
    else {
      next.push(label);
      added.push(label);
    }
  }
  return { labels: next, added, duplicates };
};
