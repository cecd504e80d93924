import { expect, test } from 'vitest';
import { MASK } from '#contract/primitives.ts';
import { providerList } from '#contract/numbers/choices.ts';
import { fieldNames, fieldOf, hasField, settingsOf } from '#contract/numbers/fields.ts';
import { fileFormats, usualColumns, type FileFormat } from '#contract/numbers/table/table-columns.ts';
import { openTableWriter } from '#server/features/phone-numbers/export/write-table.ts';
import type { PhoneNumberRow } from '#server/features/phone-numbers/rows/row.ts';
import { toPhoneNumber } from '#server/features/phone-numbers/rows/to-phone-number.ts';
import { chanceOf, traps } from '#server/testing/hostile-texts.ts';
import { additionOf, createAgentFinder, patchOf } from './judge-row.ts';
import { readTable } from './read-table.ts';

// The same numbers in each run, so that a failure is seen again.
const { below, oneOf } = chanceOf(20_261_127);
// Also what no form takes: a row may have been put there before it was refused.
const hostile = [...traps, '\t', '\r', '\n', '\r\n', '\u2028'];
const text = () => Array.from({ length: 1 + below(5) }, () => oneOf(hostile)).join('');
const maybe = <T>(make: () => T): T | null => (below(10) < 3 ? null : make());

const agents = ['Night desk', "'=Agent", 'A|B, "C"', '+1 desk', '中文 · é', '=cmd'].map((name, at) => ({
  id: String(at).padStart(24, 'a'),
  name,
}));
const agentNames = new Map(agents.map(({ id, name }) => [id, name]));
const findAgent = createAgentFinder(agents);

const anyRow = (at: number): PhoneNumberRow => {
  const provider = oneOf(providerList);
  return {
    id: String(at).padStart(24, '0'),
    phone_number: `+1415${2_000_000 + at}`,
    phone_number_international: '',
    country: 'US',
    provider,
    friendly_name: maybe(text),
    notes: maybe(text),
    inbound_agent_id: maybe(() => oneOf(agents).id),
    outbound_agent_id: maybe(() => oneOf(agents).id),
    labels: Array.from({ length: below(4) }, text).filter((label) => label.trim() !== ''),
    metadata: Object.fromEntries(Array.from({ length: below(4) }, (_, key) => [`key.${key}`, text()])),
    routing: maybe(() => ({
      business_hours_id: null,
      rules: [],
      fallback: { type: 'message' as const, text: text() },
    })),
    call_handling: maybe(() => ({ ring_timeout_seconds: 20, caller_id_name: text() })),
    temporary_reassignment: maybe(() => ({
      agent_id: oneOf(agents).id,
      direction: 'inbound' as const,
      starts_at: '2026-07-01T09:00:00.000Z',
      ends_at: '2026-07-02T09:00:00.000Z',
    })),
    settings: Object.fromEntries(
      settingsOf[provider].flatMap((name) => (below(10) < 3 ? [] : [[name, text()]])),
    ),
    credential_fingerprints: {},
    version: 1 + below(9),
    created_at: '2026-01-01T00:00:00.000Z',
    updated_at: '2026-01-01T00:00:00.000Z',
  };
};

const inPieces = async function* (bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length;) {
    const size = 1 + below(4000);
    yield bytes.subarray(at, at + size);
    at += size;
  }
};

const exportAndRead = async (rows: readonly PhoneNumberRow[], format: FileFormat) => {
  const { head, write } = openTableWriter(format);
  const file = Buffer.from(head + write(rows, agentNames));
  const table = readTable(inPieces(file), { format, defaultCountry: undefined, digits: 'refuse' });
  const read = [];
  for await (const row of table.rows) read.push(row);
  return { read, facts: table.facts(), file: file.toString() };
};

const rows = Array.from({ length: 3000 }, (_, at) => anyRow(at));

test.for(fileFormats)(
  'what is exported as %s and read again changes nothing, whatever stands in it',
  async (format) => {
    const { read, facts } = await exportAndRead(rows, format);
    expect(facts.encoding).toBe('utf-8');
    expect(read.length).toBe(rows.length);
    for (const [at, row] of read.entries()) {
      const stored = toPhoneNumber(rows[at] as PhoneNumberRow, () => '');
      expect([row.phoneNumber?.phone_number, row.provider, row.errors]).toEqual([
        stored.phone_number,
        stored.provider,
        [],
      ]);
      expect([stored, patchOf(row, stored, findAgent)]).toEqual([stored, { patch: {} }]);
    }
  },
);

test('every field that is flagged travels, and no other', async () => {
  for (const format of fileFormats) {
    const { read } = await exportAndRead(rows, format);
    for (const name of fieldNames) {
      const { csv } = fieldOf(name);
      const isThere = read.some(
        (row) => (row.values[name] ?? (row.agentNames as Record<string, unknown>)[name] ?? null) !== null,
      );
      expect([format, name, isThere]).toEqual([
        format,
        name,
        csv === 'both' || (csv === 'lines' && format === 'jsonl'),
      ]);
    }
    expect(usualColumns[format].filter((column) => /password|token/.test(column))).toEqual([]);
  }
});

test('no cell of an export is a formula', async () => {
  const { file } = await exportAndRead(rows, 'csv');
  const { parse } = await import('csv-parse/sync');
  const cells = (parse(file) as string[][]).flat();
  const formulas = cells.filter((cell) => /^[=+\-@\t\r]/.test(cell) && !/^\+\d{5,15}$/.test(cell));
  expect(formulas).toEqual([]);
  expect(cells.some((cell) => cell.startsWith("'="))).toBe(true);
});

test('a cell that differs is the whole patch, and metadata is all there is of it', async () => {
  const row = {
    ...anyRow(1),
    provider: 'sip' as const,
    metadata: { a: '1', b: '2' },
    friendly_name: 'Before',
  };
  const { read } = await exportAndRead(
    [{ ...row, metadata: { a: '1', c: '3' }, friendly_name: null }],
    'csv',
  );
  const stored = toPhoneNumber(row, () => '');
  expect(read.map((each) => patchOf(each, stored, findAgent))).toEqual([
    { patch: { friendly_name: null, metadata: { a: '1', b: null, c: '3' } } },
  ]);
});

const table =
  'phone_number,provider,friendly_name,inbound_agent,trunk_password,sip_trunk_username,account_sid,auth_token';
const judge = async (line: string) => {
  const bytes = inPieces(
    Buffer.from(`${table.replace('trunk_password', 'sip_trunk_password')}\n+14155550100,${line}\n`),
  );
  const { rows: reading } = readTable(bytes, { format: 'csv', defaultCountry: undefined, digits: 'refuse' });
  for await (const row of reading) {
    const judged = additionOf(row, findAgent);
    return 'body' in judged
      ? judged.body
      : judged.errors.map(({ column, value, code }) => [column, value, code]);
  }
};

test('a row that adds a number is judged as the API judges it, by the columns of the file', async () => {
  expect(await judge('SIP trunk,Desk,night DESK,s3cret,u,,')).toEqual({
    phone_number: '+14155550100',
    provider: 'sip',
    friendly_name: 'Desk',
    inbound_agent_id: agents[0]?.id,
    sip_trunk_password: 's3cret',
    sip_trunk_username: 'u',
    sip_infra_region: 'global',
  });
  expect(await judge(',Desk,,,,,')).toEqual([['provider', null, 'provider_missing']]);
  expect(await judge('pia,Desk,Nobody,,,,')).toEqual([['inbound_agent', 'Nobody', 'agent_not_found']]);
  expect(await judge('pia,Desk,,s3cret,,,')).toEqual([
    ['sip_trunk_password', null, 'field_of_other_provider'],
  ]);
  expect(await judge(`sip,Desk,,${MASK},,,`)).toEqual([
    ['sip_trunk_password', null, 'mask_without_credential'],
  ]);
  expect(await judge('sip,Desk,,x,4.4207E+11,,')).toEqual([
    ['sip_trunk_username', '4.4207E+11', 'spreadsheet_rounded'],
  ]);
  expect(await judge('twilio,Desk,,,,AC123,')).toEqual([
    ['account_sid', 'AC123', 'invalid_format'],
    ['auth_token', null, 'required'],
  ]);
  expect(hasField('pia', 'notes')).toBe(true);
});
