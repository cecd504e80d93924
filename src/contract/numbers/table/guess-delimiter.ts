export const delimiters = [',', ';', '\t'] as const;
export type Delimiter = (typeof delimiters)[number];

/** The text up to the end of its first line; a line break in quotes ends none. */
const firstLine = (text: string): string => {
  const [line = ''] = /^(?:"(?:[^"]|"")*"|[^"\r\n]|")*/.exec(text.slice(0, 65_536).trimStart()) ?? [];
  return line;
};

const countIn = (line: string, delimiter: Delimiter): number =>
  line.replace(/"(?:[^"]|"")*"/g, '').split(delimiter).length - 1;

/** What stands between the cells: whatever the heading has most of, a comma where it has none. */
export const guessDelimiter = (text: string): Delimiter => {
  const line = firstLine(text);
  return delimiters.reduce((best, next) => (countIn(line, next) > countIn(line, best) ? next : best));
};

/** Excel's own first line, `sep=;`, which says so; null where there is none. */
export const readSeparatorLine = (text: string): { delimiter: Delimiter; length: number } | null => {
  const [line, found] = /^sep=([,;\t])(?:\r\n|\n|\r)/i.exec(text) ?? [];
  return line === undefined ? null : { delimiter: found as Delimiter, length: line.length };
};
