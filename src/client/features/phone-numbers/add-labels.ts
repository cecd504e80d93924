const fold = (label: string) => label.toLowerCase();

/** Adds what was typed or pasted, split at commas and lines. A label that is there already, in any case, stays as it is. */
export const addLabels = (labels: readonly string[], text: string) => {
  const next = [...labels];
  const added: string[] = [];
  const duplicates: string[] = [];
  for (const label of text.split(/[,\n\t]/).map((part) => part.trim())) {
    if (label === '') continue;
    if (next.some((other) => fold(other) === fold(label))) duplicates.push(label);
    else {
      next.push(label);
      added.push(label);
    }
  }
  return { labels: next, added, duplicates };
};
