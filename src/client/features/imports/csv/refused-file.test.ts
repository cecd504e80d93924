import { expect, test } from 'vitest';
import { buildRefusedFile, REASON_HEADING, refusedName, type Refused } from './refused-file.ts';

const BOM = '\ufeff';
const refusing = (entries: Record<number, string>, brokenAt: number | null = null): Refused => ({
  reasons: new Map(Object.entries(entries).map(([line, reason]) => [Number(line), reason])),
  brokenAt,
});
const built = async (
  text: string | Uint8Array<ArrayBuffer>,
  refused: Refused,
  { encoding = 'utf-8', delimiter = ',', format = 'csv' as const } = {},
) => {
  const file = await buildRefusedFile({ blob: new Blob([text]), format }, { encoding, delimiter }, refused);
  // Its own reading of a Blob drops the mark.
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await file.arrayBuffer());
};

test('refused rows stand as they were, each behind its reason', async () => {
  const text = 'phone,note\n+1,fine\n"+2","two\nlines, ""quoted"""\n,\n+3,x,more\n';
  expect(await built(text, refusing({ 3: 'phone: “+2” is short', 6: 'It has 3 cells, and more' }))).toBe(
    `${BOM}${REASON_HEADING},phone,note\r\n` +
      '"phone: “+2” is short","+2","two\nlines, ""quoted"""\r\n' +
      '"It has 3 cells, and more",+3,x,more\r\n',
  );
});

test('a file of refused rows that is refused again has one reason a row, the new one', async () => {
  const text = `${BOM}${REASON_HEADING};phone\r\nold;+1\r\n"old; too";+2\r\n`;
  expect(await built(text, refusing({ 3: 'new' }), { delimiter: ';' })).toBe(
    `${BOM}${REASON_HEADING};phone\r\n"new";+2\r\n`,
  );
});

test('what comes behind a quote that is never closed stays whole, on the line the server tells', async () => {
  expect(await built('sep=,\na,b\n1,2\n3,"x\n4,5\n6,7\n', refusing({ 4: 'never closed' }, 4))).toBe(
    `${BOM}${REASON_HEADING},a,b\r\n"never closed",3,"x\n4,5\n6,7\n`,
  );
});

test('a row that is too long to be read keeps all that follows', async () => {
  expect(await built('a\n1\nlong\n3\n4\n', refusing({ 3: 'too long' }, 3))).toBe(
    `${BOM}${REASON_HEADING},a\r\n"too long",long\r\n"",3\r\n"",4\r\n`,
  );
});

test('letters of other alphabets are read as the server found them', async () => {
  const old = Uint8Array.from([0x61, 0x0a, 0xfc, 0x0a]);
  expect(await built(old, refusing({ 2: 'x' }), { encoding: 'windows-1252' })).toBe(
    `${BOM}${REASON_HEADING},a\r\n"x",ü\r\n`,
  );
});

test('no reason is a formula', async () => {
  expect(await built('a\n=1\n', refusing({ 2: '=1 is no number' }))).toContain(`"'=1 is no number"`);
});

test('JSON lines stand as they were', async () => {
  const file = await buildRefusedFile(
    { blob: new Blob(['{"a":1}\n\n{"a":2}\r\n{"a":3}']), format: 'jsonl' },
    { encoding: 'utf-8', delimiter: null },
    refusing({ 3: 'x', 4: 'y' }),
  );
  expect(await file.text()).toBe('{"a":2}\r\n{"a":3}');
});

test('the file is called after the one it came from', () => {
  expect(refusedName('numbers.nov.csv', 'csv')).toBe('numbers.nov-refused.csv');
  expect(refusedName('numbers-refused.csv', 'csv')).toBe('numbers-refused.csv');
  expect(refusedName('Pasted rows', 'csv')).toBe('Pasted rows-refused.csv');
});
