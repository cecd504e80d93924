import type { Import } from '#contract/bulk/imports.ts';
import type { CountedPart } from '#client/components/counts-bar.tsx';

const kinds = [
  { id: 'created', words: 'new', colour: 'bg-ink-2' },
  { id: 'changed', words: 'will change', colour: 'bg-line-3' },
  { id: 'unchanged', words: 'are so already', colour: 'bg-line-2' },
  { id: 'skipped', words: 'left as they are', colour: 'bg-line' },
  { id: 'refused', words: 'refused', colour: 'bg-harm' },
] as const;

/** How many rows would do what: beside what a file usually has, only what this one has. */
export const importParts = (counts: Import['counts']): CountedPart[] =>
  kinds
    .map((kind) => ({ ...kind, count: counts[kind.id] }))
    .filter(({ id, count }) => count > 0 || id === 'created' || id === 'refused');
