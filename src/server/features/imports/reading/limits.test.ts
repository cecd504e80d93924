import { describe, expect, test } from 'vitest';
import type { FieldError } from '#contract/errors.ts';
import { FileRefused } from './file-refused.ts';
import { cellErrorsOf } from './judge-row.ts';
import { readTable, type TableOptions } from './read-table.ts';
import { blankRow, type RowReading } from './row.ts';

const usual: TableOptions = { format: 'csv', defaultCountry: undefined, digits: 'refuse' };

const read = async (file: string, options: Partial<TableOptions> = {}): Promise<RowReading[]> => {
  const bytes = async function* () {
    yield Buffer.from(file);
  };
  const rows: RowReading[] = [];
  for await (const row of readTable(bytes(), { ...usual, ...options }).rows) rows.push(row);
  return rows;
};
const readLines = (...lines: string[]) => read(lines.join('\n'), { format: 'jsonl' });

const refusal = async (file: string, options: Partial<TableOptions> = {}): Promise<FileRefused> => {
  const error: unknown = await read(file, options).catch((thrown: unknown) => thrown);
  if (!(error instanceof FileRefused)) throw new Error('The file was taken');
  return error;
};

const errorsOf = (rows: readonly RowReading[]) =>
  rows.map(({ errors }) => errors.map(({ column, code }) => `${column ?? 'the row'}: ${code}`));

const good = '{"phone_number":"+14155550100","provider":"pia"}';
const keys = (count: number) =>
  JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, 1])));

describe('a line of JSON', () => {
  test.for<[string, string, string]>([
    ['many keys', `"call_handling":${keys(257)}`, 'call_handling: too_many_keys'],
    ['many values', `"routing":[${'{},'.repeat(16_000)}{}]`, 'the row: body_too_large'],
    ['a deep value', `"notes":${'['.repeat(5000)}${']'.repeat(5000)}`, 'the row: validation_failed'],
    ['a deep value of no field', `"x":${'['.repeat(5000)}${']'.repeat(5000)}`, 'the row: validation_failed'],
    ['a key twice', '"notes":"a","notes":"b"', 'notes: duplicate_key'],
    ['a long text', `"notes":"${'x'.repeat(200_000)}"`, 'notes: too_big'],
    ['the key __proto__', '"__proto__":{"notes":"a"}', 'the row: unknown_field'],
  ])('with %s is refused where no body could be sent so; the others stand', async ([, part, error]) => {
    const line = `{"phone_number":"+14155550101","provider":"pia",${part}}`;
    expect(errorsOf(await readLines(good, line, good.replace('0100', '0102')))).toEqual([[], [error], []]);
  });

  test('with as much as a body may hold is taken', async () => {
    expect(errorsOf(await readLines(good.replace('}', `,"call_handling":${keys(256)}}`)))).toEqual([[]]);
  });

  test('with a key that is no field tells neither its value nor all of its name', async () => {
    const name = `password ${'x'.repeat(500)}`;
    const [row] = await readLines(good.replace('}', `,"auth_token":"secret","${name}":{"a":"secret"}}`));
    expect(row?.errors.map(({ column, value, code }) => [column?.length, value, code])).toEqual([
      ['auth_token'.length, null, 'unknown_field'],
      [201, null, 'unknown_field'],
    ]);
    expect(JSON.stringify(row)).not.toContain('secret');
  });
});

describe('a cell of metadata', () => {
  const cell = (text: string) =>
    read(
      `phone_number,metadata\n+14155550100,"${text.replaceAll('"', '""')}"\n+14155550101,"{""a"":""b""}"\n`,
    );

  test.for<[string, string, string]>([
    ['many keys', keys(257), 'metadata: too_many_keys'],
    ['a deep value', `{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`, 'metadata: validation_failed'],
    ['a key twice', '{"a":"b","a":"c"}', 'metadata: duplicate_key'],
  ])('with %s is refused where no body could be sent so; the others stand', async ([, text, error]) => {
    expect(errorsOf(await cell(text))).toEqual([[error], []]);
  });
});

describe('a file', () => {
  test('of too many rows is refused, and of as many as may be is taken', async () => {
    const file = 'phone_number\nx\nx\nx\n';
    expect(await read(file, { maxRows: 3 })).toHaveLength(3);
    expect(await refusal(file, { maxRows: 2 })).toMatchObject({
      code: 'too_many_rows',
      message: 'The file has more than 2 rows. Import it in parts, each with the heading.',
    });
    await expect(read(`${good}\n${good}`, { format: 'jsonl', maxRows: 1 })).rejects.toThrow(
      'more than 1 row',
    );
  });

  test('with a long heading is refused, and told the beginning of it', async () => {
    const heading = (length: number) => `phone_number${'.'.repeat(length - 12)}`;
    expect(await read(`${heading(200)}\n+14155550100\n`)).toHaveLength(1);
    const { code, message } = await refusal(`${heading(201)}\n+14155550100\n`);
    expect([code, message.includes('has 201'), message.length < 400]).toEqual(['not_a_table', true, true]);
    expect((await refusal(`${heading(300_000)}\nx\n`)).message.length).toBeLessThan(400);
  });

  const headings = Array.from({ length: 150 }, (_, at) => `${at} ${'y'.repeat(190)}`);
  const wide = headings.join(',');
  const many = Object.fromEntries(headings.map((heading) => [heading, null]));
  test.for<[string, string, Partial<TableOptions>, string, string]>([
    ['no number', wide, {}, 'no_phone_number_column', 'and 130 more'],
    ['no column of the mapping', wide, { mapping: { a: null } }, 'unknown_heading', 'and 130 more'],
    ['none of many in the mapping', 'a', { mapping: many }, 'unknown_heading', 'and 130 more'],
    ['a field of any length', 'a', { mapping: { a: 'z'.repeat(50_000) } }, 'unknown_mapping_field', 'z…'],
    ['a column again and again', `tel${',notes'.repeat(150)}`, {}, 'duplicate_column', 'and 130 more'],
  ])('with %s is refused in few words', async ([, heading, options, code, words]) => {
    const told = await refusal(`${heading}\n`, options);
    expect(told).toMatchObject({ code, message: expect.stringContaining(words) as string });
    expect(told.message.length).toBeLessThan(5000);
  });
});

describe('what the acts have against a row', () => {
  const against = (pointers: readonly string[]): FieldError[] =>
    pointers.map((pointer) => ({ pointer, code: 'invalid', message: 'Not so.' }));

  test('is told of the first twenty', () => {
    const errors = against(Array.from({ length: 1000 }, (_, at) => `/call_handling/k${at}`));
    expect(cellErrorsOf(blankRow(2, {}), errors)).toHaveLength(20);
  });

  test('shows a value that was written out once, however much there is against it', () => {
    let written = 0;
    const callHandling = {
      toJSON: () => {
        written += 1;
        return { silence: 'long' };
      },
    };
    const row = { ...blankRow(2, {}), values: { call_handling: callHandling } };
    const told = cellErrorsOf(
      row,
      against(['/call_handling/a', '/call_handling/b', '/notes', '/call_handling/c']),
    );
    expect(told.map(({ value }) => value)).toEqual([
      '{"silence":"long"}',
      '{"silence":"long"}',
      null,
      '{"silence":"long"}',
    ]);
    expect(written).toBe(1);
  });
});
