const MASK = '••••••••';
const MAX_LENGTH = 300;
// Of which what is quoted is taken: all that follows is masked and cut in vain.
const MAX_READ = 2048;
// A secret as short as this could be part of any word.
const SHORTEST_TELLABLE = 4;

const formsOf = (secret: string): string[] => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64'),
];

/**
 * What a platform said, fit for people and logs: one line, not long, and without any secret that was sent to
 * it, for error messages like to quote. Null where nothing can be quoted safely.
 */
export const quoteUpstream = (given: string, secrets: readonly string[]): string | null => {
  const text = given.slice(0, MAX_READ);
  const sent = secrets.filter((secret) => secret !== '');
  if (sent.some((secret) => secret.length < SHORTEST_TELLABLE && text.includes(secret))) return null;
  let quoted = text;
  // The longest first: one secret may be part of another.
  for (const form of sent.flatMap(formsOf).toSorted((a, b) => b.length - a.length))
    quoted = quoted.replaceAll(form, MASK);
  const line = quoted.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  if (line === '') return null;
  return line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH)}…` : line;
};
