import type { Import } from '#contract/bulk/imports.ts';
import type { FileFormat } from '#contract/numbers/table/table-columns.ts';
import { keyFromCommandLine, withKey, type Caller } from '../../http.ts';
import { databaseInUse, startServer } from '../../server.ts';
import { count, seconds, type Proof, type Report } from '../proof.ts';
import { fillWithHostile } from './fill.ts';
import { chanceOf } from '#server/testing/hostile-texts.ts';
import { hostileAgents } from './hostile-numbers.ts';
import { cellsOf, exportFile, fileOf, formulasIn, hashOf, planImport, runImport } from './table-file.ts';

// The embedded database takes four times as long for each.
const NUMBERS = { postgresql: 100_000, embedded: 10_000 };
const OF_LINES = 10;

const unlike = ({ counts, refusals, examples }: Import, numbers: number): string[] =>
  counts.total === numbers && counts.unchanged === numbers
    ? []
    : [
        JSON.stringify(counts),
        ...refusals.slice(0, 2).map(({ code, message, count: times }) => `${times} × ${code}: ${message}`),
        ...examples
          .slice(0, 2)
          .map(({ phone_number, changes }) => `${phone_number} ${JSON.stringify(changes)}`),
      ];

/** A file that was exported is planned and run: every number must be so already, and stay so. */
const importBack = async (
  report: Report,
  api: Caller,
  file: Buffer<ArrayBuffer>,
  { format, numbers, query }: { format: FileFormat; numbers: number; query: string },
): Promise<void> => {
  const startedAt = performance.now();
  const plan = await planImport(api, file, format);
  const tookMs = performance.now() - startedAt;
  const problems = unlike(plan, numbers);
  report.check(
    `${count(numbers)} numbers as ${format}, exported and imported: every one is unchanged`,
    problems.length === 0,
    problems.join('; ').slice(0, 600) ||
      `${(file.length / 1e6).toFixed(0)} MB judged in ${seconds(tookMs)}, ${count(Math.round((numbers * 1000) / tookMs))} a second`,
  );
  const { state, counts } = await runImport(api, plan);
  const again = await exportFile(api, query);
  report.check(
    `the import of ${format} is run: nothing changes, and the export is the same file again`,
    state === 'done' &&
      counts.unchanged === numbers &&
      counts.changed === 0 &&
      hashOf(again) === hashOf(file),
    `${state}, ${count(counts.unchanged)} unchanged`,
  );
};

/** Faults on the way, in a file of a few rows: each must be seen as a change, and the formula as one. */
const plantIn = async (report: Report, api: Caller, rows: readonly (readonly string[])[]): Promise<void> => {
  const [head = [], ...numbers] = rows;
  const notes = head.indexOf('notes');
  const some = numbers.filter((row) => (row[notes] ?? '').length > 1).slice(0, 200);
  const sees = async (fault: string, change: (cell: string) => string) => {
    const [first = [], ...rest] = some;
    const changed = first.map((cell, at) => (at === notes ? change(cell) : cell));
    const { counts } = await planImport(api, fileOf([head, changed, ...rest]), 'csv');
    report.control(fault, counts.changed === 1 && counts.unchanged === rest.length);
  };
  await sees('a character that is lost at the end of a cell', (cell) => cell.slice(0, -1));
  await sees('a space more at the end of a cell', (cell) => `${cell} `);
  await sees('a cell that comes empty', () => '');
  const guarded = rows.flat().filter((cell) => /^'+[=+\-@]/.test(cell));
  report.control(
    `the sign in front of a formula taken away, of ${count(guarded.length)}`,
    guarded.length > 0 && formulasIn([guarded.map((cell) => cell.replace(/^'+/, ''))]).length > 0,
  );
};

/**
 * Random numbers whose every text is hostile: what is exported and imported again changes nothing, and no
 * cell of the export is a formula.
 */
export const csv: Proof = async (report) => {
  const numbers = NUMBERS[databaseInUse() === undefined ? 'embedded' : 'postgresql'];
  const server = await startServer({ env: { LOG_LEVEL: 'error' } });
  try {
    const key = await keyFromCommandLine(server, ['numbers:read', 'numbers:write', 'agents:write']);
    const api = withKey(server.url, key);
    const agentIds: string[] = [];
    for (const agent_name of hostileAgents)
      agentIds.push(
        (await api.send<{ data: { ai_agent_id: string } }>('POST', '/v2/ai-agents', { agent_name })).data
          .ai_agent_id,
      );
    const seed = Date.now() >>> 0;
    await fillWithHostile(server, chanceOf(seed), numbers, agentIds);

    const query = 'format=csv';
    const file = await exportFile(api, query);
    const rows = cellsOf(file);
    const formulas = formulasIn(rows);
    report.check(
      `no cell of an export of ${count(numbers)} hostile numbers is a formula`,
      formulas.length === 0 && rows.length === numbers + 1,
      formulas.length === 0
        ? `${count(rows.length - 1)} rows, ${count(rows.flat().length)} cells; seed ${seed}`
        : `${formulas.length}, as ${JSON.stringify(formulas[0])}; seed ${seed}`,
    );
    await importBack(report, api, file, { format: 'csv', numbers, query });

    // Rules and call handling travel in JSON lines alone: some of the numbers will do.
    const lines = await exportFile(api, 'format=jsonl&q=%2B1202200');
    const ofLines = lines.toString().split('\n').length - 1;
    await importBack(report, api, lines, {
      format: 'jsonl',
      numbers: ofLines,
      query: 'format=jsonl&q=%2B1202200',
    });
    report.check(
      'rules and call handling are in the JSON lines',
      ofLines >= numbers / OF_LINES &&
        /"caller_id_name":"/.test(lines.toString()) &&
        /"rules":\[\{/.test(lines.toString()),
      `${count(ofLines)} lines`,
    );
    await plantIn(report, api, rows);
  } finally {
    await server.stop();
  }
};
