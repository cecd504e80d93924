import { withoutHalves } from '#contract/reading/storable.ts';

const MASK = '••••••••';
const MAX_LENGTH = 300;
// Of which what is quoted is taken: all that follows is masked and cut in vain.
const MAX_READ = 2048;
// A secret as short as this could be part of any word.
const SHORTEST_TELLABLE = 4;
// So much of a secret is masked wherever it stands: platforms quote the beginning of a key, or wrap it.
const LONGEST_SHOWN = 7;

const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]/u;
// What is a key by its look, be it one that was never sent.
const TOKENS = /(?<=\bbearer\s+)\S+|\beyJ[\w-]{8,}(?:\.[\w-]+)*/gi;

const EACH_SIGN = /[^]/gu;
/** The same, but for what addresses, HTML and JSON write in another way. */
const EACH_MEANT =
  /(?:%[\da-f]{2})+|&#\d{1,6};|&#x[\da-f]{1,5};|&(?:amp|lt|gt|quot|apos);|\\u[\da-f]{4}|\\["'\\/]|[^]/giu;
const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const meantBy = (sign: string): string => {
  if (sign.length === 1) return sign;
  if (sign.startsWith('%')) {
    try {
      return decodeURIComponent(sign);
    } catch {
      return sign;
    }
  }
  if (/^\\u/i.test(sign)) return String.fromCharCode(Number.parseInt(sign.slice(2), 16));
  if (sign.startsWith('\\')) return sign.slice(1);
  const name = sign.slice(1, -1).toLowerCase();
  if (!name.startsWith('#')) return named[name] ?? sign;
  const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return String.fromCodePoint(code);
};

interface Letters {
  /** In lower case, without what nobody sees. */
  letters: string;
  /** Where in the text begins and ends what each of them stands for. */
  from: number[];
  to: number[];
}

const lettersOf = (text: string, each: RegExp): Letters => {
  const [from, to]: [number[], number[]] = [[], []];
  let letters = '';
  for (const { index, 0: sign } of text.matchAll(each))
    for (const meant of each === EACH_MEANT ? meantBy(sign) : sign) {
      if (UNSEEN.test(meant)) continue;
      const lower = meant.toLowerCase();
      const letter = lower.length === meant.length ? lower : meant;
      letters += letter;
      for (let unit = 0; unit < letter.length; unit++) {
        from.push(index);
        to.push(index + sign.length);
      }
    }
  return { letters, from, to };
};
const readings = (text: string): Letters[] => [EACH_SIGN, EACH_MEANT].map((each) => lettersOf(text, each));

const formsOf = (secret: string): string[] => [
  secret,
  // Within what is encoded it may begin at any of three places.
  ...['', '.', '..'].flatMap((before) => {
    const bytes = Buffer.from(`${before}${secret}`);
    return [bytes.toString('base64'), bytes.toString('base64url')];
  }),
];

/** What a form is told by: all that is long enough within it, or itself where it is short. */
const partsOf = ({ letters }: Letters): string[] => {
  const size = Math.min(letters.length, LONGEST_SHOWN + 1);
  if (size === 0) return [];
  return Array.from({ length: letters.length - size + 1 }, (_, at) => letters.slice(at, at + size));
};

const mask = (text: string, forms: readonly string[]): string => {
  const parts = new Set(forms.flatMap(readings).flatMap(partsOf));
  const sizes = new Set([...parts].map(({ length }) => length));
  const isSecret = Array.from({ length: text.length }, () => false);
  for (const { letters, from, to } of readings(text))
    for (const size of sizes)
      for (let at = 0; at + size <= letters.length; at++)
        if (parts.has(letters.slice(at, at + size))) isSecret.fill(true, from[at], to[at + size - 1]);
  for (const { index, 0: token } of text.matchAll(TOKENS)) isSecret.fill(true, index, index + token.length);
  let masked = '';
  for (let at = 0; at < text.length; at++)
    if (isSecret[at] !== true) masked += text.charAt(at);
    else if (isSecret[at - 1] !== true) masked += MASK;
  return masked;
};

/**
 * What a platform said, fit for people and logs: one line, not long, and without any secret that was sent to
 * it, or more than seven signs of one, for error messages like to quote. Null where nothing can be quoted
 * safely.
 */
export const quoteUpstream = (given: string, secrets: readonly string[]): string | null => {
  const text = given.slice(0, MAX_READ);
  const sent = secrets.filter((secret) => secret !== '');
  if (sent.some((secret) => secret.length < SHORTEST_TELLABLE && text.includes(secret))) return null;
  const tellable = sent.filter((secret) => secret.length >= SHORTEST_TELLABLE);
  const line = mask(text, tellable.flatMap(formsOf))
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  if (line === '') return null;
  // No database keeps half a character.
  return withoutHalves(line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH)}…` : line);
};
