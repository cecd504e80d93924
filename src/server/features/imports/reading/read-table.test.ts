import { describe, expect, test } from 'vitest';
import { FileRefused } from './file-refused.ts';
import { readTable, type TableOptions } from './read-table.ts';
import type { RowReading } from './row.ts';

const usual: TableOptions = { format: 'csv', defaultCountry: undefined, digits: 'refuse' };

const inPieces = async function* (bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
};

const read = async (file: string | Uint8Array, options: Partial<TableOptions> = {}, size = 7) => {
  const bytes = typeof file === 'string' ? Buffer.from(file) : file;
  const { facts, rows } = readTable(inPieces(bytes, size), { ...usual, ...options });
  const all: RowReading[] = [];
  for await (const row of rows) all.push(row);
  return { ...facts(), rows: all };
};

const refusal = (file: string | Uint8Array, options: Partial<TableOptions> = {}) =>
  read(file, options).then(
    () => 'taken',
    (error: unknown) => (error instanceof FileRefused ? error.code : error),
  );

const errorsOf = (rows: readonly RowReading[]) =>
  rows.flatMap(({ line, errors }) => errors.map(({ column, code }) => `${line} ${column ?? '-'} ${code}`));
const namesOf = (rows: readonly RowReading[]) => rows.map(({ values }) => values.friendly_name);

const table = 'phone_number,provider,friendly_name\n+14155550100,pia,Zoë €\n';
const utf16 = (text: string, isBig: boolean) => {
  const bytes = Buffer.from(text, 'utf16le');
  return isBig ? bytes.swap16() : bytes;
};

describe('letters', () => {
  test.for<[string, Uint8Array, string]>([
    ['UTF-8', Buffer.from(table), 'utf-8'],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${table}`), 'utf-8'],
    ['UTF-16, little end first', utf16(`\ufeff${table}`, false), 'utf-16le'],
    ['UTF-16, big end first', utf16(`\ufeff${table}`, true), 'utf-16be'],
    ['UTF-16 without a mark', utf16(table, false), 'utf-16le'],
    ['Windows-1252', Buffer.from(table.replace('€', '\x80'), 'latin1'), 'windows-1252'],
  ])('%s is read, and told', async ([, bytes, encoding]) => {
    for (const size of [1, 5, 10_000]) {
      const { rows, ...facts } = await read(bytes, {}, size);
      expect([size, namesOf(rows), facts.encoding]).toEqual([size, ['Zoë €'], encoding]);
    }
  });

  test('two alphabets in one file are refused, wherever they meet', async () => {
    const mixed = Buffer.concat([Buffer.from(table), Buffer.from('+14155550101,pia,Zo\xeb\n', 'latin1')]);
    expect(await refusal(mixed)).toBe('mixed_encoding');
    const long = Buffer.concat([Buffer.from(table), Buffer.alloc(5000, 'x'), Buffer.from([0xe9, 0x20])]);
    expect(await refusal(long)).toBe('mixed_encoding');
  });
});

/** The same each time, and of every value alike. */
const bytesByChance = (count: number) => {
  let state = 1;
  return Buffer.from(
    Array.from({ length: count }, () => {
      state = Math.imul(state, 1_664_525) + 1_013_904_223;
      return state >>> 24;
    }),
  );
};

test('no character is cut in two, wherever the file is', async () => {
  for (const before of ['', 'x']) {
    const name = `${before}${'😀'.repeat(20)}`;
    const lines = Array.from({ length: 1000 }, (_, at) => `+1415555${at + 1000},${name}\n`);
    const { rows } = await read(`phone_number,friendly_name\n${lines.join('')}`, {}, 50_000);
    expect(new Set(namesOf(rows))).toEqual(new Set([name]));
  }
});

describe('no table', () => {
  test.for<[string, string | Uint8Array, string]>([
    ['a workbook', Buffer.from('PK\x03\x04 and more'), 'not_a_table'],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), 'not_a_table'],
    ['a compressed file', Buffer.from([0x1f, 0x8b, 8]), 'not_a_table'],
    ['a PDF', '%PDF-1.7', 'not_a_table'],
    ['NULs', 'phone_number\n+1415555\0\0\n', 'not_a_table'],
    ['nothing', '', 'no_heading'],
    ['blank lines', '\n\n  \n', 'no_heading'],
    ['no heading', '+14155550100,pia\n', 'no_heading'],
    ['no number', 'name,notes\na,b\n', 'no_phone_number_column'],
    ['10,000 columns', `phone_number${',x'.repeat(9999)}\n`, 'too_many_columns'],
    ['the same column twice', 'phone_number,notes,notes\n', 'duplicate_column'],
    ['a quote in the heading that is never closed', '"phone_number,notes\n+14155550100,x\n', 'not_a_table'],
    ['bytes of a picture', bytesByChance(2000), 'not_a_table'],
  ])('%s is refused', async ([, file, code]) => expect(await refusal(file)).toBe(code));

  test('is said of what is no text, and nothing of its alphabets', async () => {
    await expect(read(bytesByChance(2000))).rejects.toThrow(/^This is no text file\. /);
  });

  test('keeps its lines where some are empty', async () => {
    const { rows } = await read('phone_number,notes\n\n\n+14155550100,"a\n\nb"\n\n  \n+14155550101,x\n\n"+1');
    expect(rows.map(({ line }) => line)).toEqual([4, 9, 11]);
  });

  test('of too many empty rows is refused, and nobody waits for all of them', async () => {
    let turns = 0;
    let isRead = false;
    const turn = () => {
      turns += 1;
      if (!isRead) setImmediate(turn);
    };
    setImmediate(turn);
    const file = `${table}${'\n'.repeat(100_000)}`;
    // By this clock every look at it is a second later, however fast the machine is.
    let seconds = 0;
    const now = () => (seconds += 1) * 1000;
    expect((await read(file, { now }, 50_000)).rows).toHaveLength(1);
    isRead = true;
    expect(turns).toBeGreaterThanOrEqual(10);
    await expect(read(file, { maxBlankRows: 40_000 }, 50_000)).rejects.toThrow('more than 40,000 empty rows');
  });

  test('one over the limit is refused, and one at it is not', async () => {
    expect(await refusal(table, { maxBytes: Buffer.byteLength(table) - 1 })).toBe('file_too_large');
    expect(await refusal(table, { maxBytes: Buffer.byteLength(table) })).toBe('taken');
  });
});

describe('cells', () => {
  test.for<[string, string]>([
    ['comma', 'phone_number,notes\r\n+14155550100,"a, b"\r\n'],
    ['semicolon', 'phone_number;notes\n+14155550100;a, b\n'],
    ['tab', 'phone_number\tnotes\r+14155550100\ta, b\r'],
    ['semicolon that the file names', 'sep=;\r\nphone_number;notes\r\n+14155550100;a, b\r\n'],
  ])('separated by %s', async ([, file]) => {
    const { rows } = await read(file);
    expect(rows).toMatchObject([
      { phoneNumber: { phone_number: '+14155550100' }, values: { notes: 'a, b' } },
    ]);
  });

  test('quotes and line breaks within cells, and the line on which each row begins', async () => {
    const file =
      'phone_number,notes\r\n+14155550100,"one\r\ntwo ""2"""\r\n\r\n,,\n+14155550101,5" pipe\n+14155550102,"x\ny"';
    const { rows } = await read(file);
    expect(rows.map(({ line, values }) => [line, values.notes])).toEqual([
      [2, 'one\r\ntwo "2"'],
      [6, '5" pipe'],
      [7, 'x\ny'],
    ]);
  });

  test('an unclosed quote refuses its row and the rest as one row; those before stand', async () => {
    const { rows } = await read('phone_number,notes\n+14155550100,a\n+14155550101,"never\n+14155550102,b\n');
    expect(rows.map(({ line }) => line)).toEqual([2, 3]);
    expect(errorsOf(rows)).toEqual(['3 - unclosed_quote']);
    const long = `phone_number,notes\n+14155550100,a\n+14155550101,"${'x'.repeat(500_000)}`;
    expect(errorsOf((await read(long, {}, 65_536)).rows)).toEqual(['3 - row_too_long']);
  });

  test('too few and too many cells refuse their row alone; empty ones at the end are none too many', async () => {
    const { rows } = await read(
      'phone_number,notes,labels\n+14155550100,a\n+14155550101,a,b,c\n+14155550102,a,b,,\n',
    );
    expect(errorsOf(rows)).toEqual(['2 - too_few_cells', '3 - too_many_cells']);
    expect(rows[2]?.values).toEqual({ notes: 'a', labels: ['b'] });
  });

  test('two rows that are one number are told so, however they are written', async () => {
    const { rows } = await read('phone_number\n+1 415 555 0100\n0014155550100\n');
    expect(errorsOf(rows)).toEqual(['3 phone_number duplicate_row']);
    expect(rows[1]?.errors[0]?.message).toContain('Line 2');
  });

  test('empty cells clear what all have, and say nothing of credentials and what is fixed', async () => {
    const [row] = (
      await read(
        `${'phone_number,notes,labels,metadata,inbound_agent,sip_trunk_password'},region\n+14155550100,,,,,,\n`,
      )
    ).rows;
    expect(row?.values).toEqual({ notes: null, labels: [], metadata: null, inbound_agent_id: null });
  });

  test('metadata is JSON, and an error never repeats a credential', async () => {
    const { rows } = await read(
      'phone_number,metadata,password\n+14155550100,{a},1.5E+12\n+14155550101,"{""a"":""b""}",x\n',
    );
    expect(rows[1]?.values.metadata).toEqual({ a: 'b' });
    expect(errorsOf(rows)).toEqual(['2 metadata invalid_json', '2 password spreadsheet_rounded']);
    expect(rows[0]?.errors.map(({ value }) => value)).toEqual(['{a}', null]);
  });
});

describe('phone numbers', () => {
  test.for<[string, string, Partial<TableOptions>?]>([
    ['1.41556E+10', 'spreadsheet_rounded'],
    ['1,41556E+10', 'spreadsheet_rounded'],
    ['14155552671.0', 'spreadsheet_rounded'],
    ['12/04/2026', 'spreadsheet_date'],
    ['2026-04-12', 'spreadsheet_date'],
    ['12-Apr', 'spreadsheet_date'],
    ['#REF!', 'spreadsheet_error'],
    ['14155552671', 'spreadsheet_plus_lost'],
    ['14155552671', '+14155552671', { digits: 'international' }],
    ['14155552671', '+14155552671', { defaultCountry: 'US' }],
    ['(415) 555-2671', 'country_code_missing'],
    ['(415) 555-2671', '+14155552671', { defaultCountry: 'US' }],
    ['01711 000001', '+8801711000001', { defaultCountry: 'BD' }],
    ['1711000001', 'spreadsheet_zero_lost', { defaultCountry: 'BD' }],
    ['+44 20 7946 0018', '+442079460018', { defaultCountry: 'BD' }],
    ["'+14155552671", '+14155552671'],
    ['0044 20 7946 0018', '+442079460018'],
    ['12345', 'country_code_missing'],
    ['+1415555267', 'invalid_phone_number'],
    ['+99912345678', 'invalid_phone_number'],
    ['', 'required'],
  ])('%j is read as %s', async ([typed, is, options = {}]) => {
    const [row] = (await read(`phone_number,notes\n"${typed}",x\n`, options)).rows;
    expect(row?.phoneNumber?.phone_number ?? row?.errors[0]?.code).toBe(is);
  });
});

describe('headings', () => {
  const columns = async (heading: string, options: Partial<TableOptions> = {}) =>
    (await read(`${heading}\n`, options)).columns.map(({ target }) => target);

  test.for<[string, (string | null)[]]>([
    ['Phone number,Name,Inbound agent,Labels', ['phone_number', 'friendly_name', 'inbound_agent', 'labels']],
    [
      'PhoneNumber,FriendlyName,AccountSid,Capabilities',
      ['phone_number', 'friendly_name', 'twilio_account_sid', null],
    ],
    ['phone_number,status,tags,customer_reference', ['phone_number', null, 'labels', 'friendly_name']],
    ['TEL.,Comment,E-mail', ['phone_number', 'notes', null]],
    ['phone_number,inbound_agent,inbound_agent_id,version', ['phone_number', null, 'inbound_agent_id', null]],
    ['did,name,description', ['phone_number', 'friendly_name', null]],
  ])('%s', async ([heading, targets]) => expect(await columns(heading)).toEqual(targets));

  test('a mapping says it alone, and must fit the file', async () => {
    const mapping = { Rufnummer: 'phone_number', Zweck: 'notes' };
    expect(await columns('Rufnummer,Zweck,Labels', { mapping })).toEqual(['phone_number', 'notes', null]);
    expect(await refusal('Nummer\n', { mapping })).toBe('unknown_heading');
    expect(await refusal('a\n', { mapping: { a: 'colour' } })).toBe('unknown_mapping_field');
    expect(await refusal('a,b\n', { mapping: { a: 'phone_number', b: 'phone_number' } })).toBe(
      'duplicate_column',
    );
  });
});

describe('JSON lines', () => {
  test('an object a line, with what no cell holds', async () => {
    const routing = { business_hours_id: null, rules: [], fallback: null };
    const { rows } = await read(
      `${JSON.stringify({ phone_number: '+14155550100', provider: 'pia', routing, version: 3 })}\r\n\nnonsense\n[1]\n${JSON.stringify({ phone_number: '+14155550101', colour: 'red' })}`,
      { format: 'jsonl' },
    );
    expect(rows[0]).toMatchObject({ line: 1, provider: 'pia', values: { routing }, errors: [] });
    expect(errorsOf(rows)).toEqual(['3 - invalid_json', '4 - invalid_json', '5 colour unknown_field']);
  });

  test('a line that never ends is one broken row, and an empty file none', async () => {
    const { rows } = await read(
      `{"phone_number":"+14155550100"}\n{"notes":"${'x'.repeat(2_100_000)}`,
      { format: 'jsonl' },
      65_536,
    );
    expect(errorsOf(rows)).toEqual(['2 - row_too_long']);
    expect(await refusal('\n', { format: 'jsonl' })).toBe('not_a_table');
  });
});
