import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import pg from 'pg';
import { launchOptions } from '../browser.ts';
import { setUp } from '../http.ts';
import { startPostgresql } from '../postgresql.ts';
import { runCommand, startServer } from '../server.ts';
import { measureBulk } from './bulk.ts';
import { newEmbedded, newOnServer } from './bulk-place.ts';
import { measureExport, type ExportFigures } from './export.ts';
import { measureFirstView, type FirstView } from './first-view.ts';
import { median } from './load.ts';
import { measureLongList, type LongList } from './long-list.ts';
import { printBulk } from './print-bulk.ts';
import { measureRoute, type RouteFigures } from './route.ts';
import { measureSearch, type SearchFigures } from './search.ts';
import { measureThroughput, type Comparison } from './throughput.ts';

/**
 * `npm run bench [-- view list search throughput csv route bulk] [--numbers 20000] [--routed 1000000] [--rounds 3]
 * [--check]`: all parts where none is named.
 */
const { values: options, positionals: parts } = parseArgs({
  allowPositionals: true,
  options: {
    check: { type: 'boolean', default: false },
    numbers: { type: 'string', default: '20000' },
    views: { type: 'string', default: '5' },
    routed: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '3' },
  },
});
// What is measured on the embedded database is measured at so many numbers at most.
const MOST_EMBEDDED = 100_000;
const ownUrl = process.env['BENCH_DATABASE_URL'];

const wanted = (part: string) => parts.length === 0 || parts.includes(part);

let misses = 0;
const end = (): never => {
  console.log(`\n${misses === 0 ? 'Every target was reached.' : `${misses} targets were missed.`}`);
  process.exit(options.check && misses > 0 ? 1 : 0);
};
const heading = (text: string) => console.log(`\n${text}`);
const line = (what: string, value: string, target = '', isReached = true) => {
  if (!isReached) misses++;
  console.log(
    `  ${what.padEnd(52)}${value.padStart(22)}  ${target.padEnd(34)}${target === '' ? '' : isReached ? 'reached' : 'MISSED'}`,
  );
};
const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
const ms = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;

let databases = 0;
/** A database of its own on the named server, so that no figure depends on what is there. */
const makeDatabase = async (url: string) => {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  const name = `cordboard_bench_${process.pid}_${++databases}`;
  await admin.query(`CREATE DATABASE ${name}`);
  const made = new URL(url);
  made.pathname = `/${name}`;
  return {
    url: made.href,
    drop: async () => {
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.end();
    },
  };
};

const printFirstView = (views: readonly FirstView[]) => {
  const [first] = views;
  if (first === undefined) return;
  const { bytes, requests, list } = first;
  const all = bytes.script + bytes.style + bytes.html + bytes.data;
  heading(
    `First view of /numbers, signed in, nothing cached (median of ${views.length}; CPU 4×, 40 ms, 10 Mbit/s)`,
  );
  line('script', kilobytes(bytes.script), '≤ 110 kB', bytes.script <= 110_000);
  line('style', kilobytes(bytes.style), '≤ 12 kB', bytes.style <= 12_000);
  line('font', kilobytes(bytes.font), '≤ 40 kB', bytes.font <= 40_000);
  line('HTML and icon', kilobytes(bytes.html));
  line('data', kilobytes(bytes.data));
  line('all but the font', kilobytes(all), '≤ 130 kB', all <= 130_000);
  line('requests', String(requests), '≤ 9', requests <= 9);
  for (const each of list) console.log(`      ${each}`);
  const firstRow = median(views.map(({ firstRowMs }) => firstRowMs));
  const blocking = median(views.map(({ blockingMs }) => blockingMs));
  line('first row on the screen', ms(firstRow), '≤ 1000 ms', firstRow <= 1000);
  line('blocking time', ms(blocking), '≤ 200 ms', blocking <= 200);
};

const printLongList = (list: LongList) => {
  heading(`The list at ${list.rows} rows (CPU 4×)`);
  line('heap', `${list.heapMegabytes.toFixed(1)} MB`, '≤ 8 MB', list.heapMegabytes <= 8);
  line('elements', String(list.elements), '≤ 700', list.elements <= 700);
  line(
    '95 % of frames while scrolling, jumps included',
    ms(list.frameP95Ms),
    '≤ 50 ms',
    list.frameP95Ms <= 50,
  );
  line('the last row', list.isLastRowReached ? 'reached' : 'not reached', 'reached', list.isLastRowReached);
};

const printSearch = (
  what: string,
  { terms, pageMs, p95Ms, ratio, slowest }: SearchFigures,
  target: number,
) => {
  heading(
    `Search of ${terms} terms, ${what} (median of 5 rounds; each term takes turns with a page of the whole list)`,
  );
  line('page of 50', ms(pageMs));
  line('95 % of terms', ms(p95Ms));
  line('ratio', ratio.toFixed(1), `≤ ${target}`, ratio <= target);
  for (const { term, ms: took, found } of slowest)
    console.log(`      “${term}”, ${found} on its page: ${ms(took)}`);
};

const printExport = ({ format, numbers, bytes, tookMs, grewBytes }: ExportFigures) => {
  const perSecond = (numbers / tookMs) * 1000;
  const what = `${numbers} numbers as ${format}, ${(bytes / 1e6).toFixed(0)} MB`;
  line(what, `${perSecond.toFixed(0)} /s`, '1,000,000 in ≤ 60 s', perSecond >= 1_000_000 / 60);
  line('memory of the server grew by', `${(grewBytes / 1e6).toFixed(0)} MB`, '≤ 50 MB', grewBytes <= 50e6);
};

const printCompared = (what: string, { statements, product, bare, ratio }: Comparison, target: number) => {
  line(`${what}: bare node:http, same SQL (${statements})`, `${bare.perSecond.toFixed(0)} /s`);
  line(`${what}: Cordboard`, `${product.perSecond.toFixed(0)} /s`);
  line(`${what}: median and 95 % of answers`, `${ms(product.p50)}, ${ms(product.p95)}`);
  line(`${what}: ratio`, ratio.toFixed(2), `≥ ${target}`, ratio >= target);
};

const printShares = (what: string, { product, bare, ratio }: Comparison) => {
  const slower = product.p99 / bare.p99;
  line(`${what}: empty node:http answer`, `${bare.perSecond.toFixed(0)} /s`);
  line(`${what}: POST /v1/route`, `${product.perSecond.toFixed(0)} /s`);
  line(`${what}: throughput ratio`, ratio.toFixed(2), '≥ 0.5', ratio >= 0.5);
  line(`${what}: median, 99 % of answers`, `${ms(product.p50)}, ${ms(product.p99)}`);
  line(`${what}: the empty answer’s`, `${ms(bare.p50)}, ${ms(bare.p99)}`);
  line(`${what}: ratio at 99 %`, slower.toFixed(1), '≤ 3', slower <= 3);
};

const printRoute = ({
  count,
  loadedInMs,
  saturated,
  calm,
  bytesPerNumber,
  freshWorstMs,
  freshMedianMs,
  findings,
}: RouteFigures) => {
  heading(
    `POST /v1/route at ${count} numbers, one in ten with rules (median of 5 rounds, taking turns; two cores or more, else idle)`,
  );
  printShares('8 connections', saturated);
  printShares('1 connection', calm);
  line(
    'memory of a number without rules',
    `${bytesPerNumber.toFixed(0)} bytes`,
    '≤ 250 bytes',
    bytesPerNumber <= 250,
  );
  line(
    'another instance’s change decides here after: worst',
    ms(freshWorstMs),
    '≤ 1000 ms',
    freshWorstMs <= 1000,
  );
  line('another instance’s change decides here after: median', ms(freshMedianMs));
  line('from start to all numbers in memory', ms(loadedInMs));
  line(`findings over all numbers: ${findings.requests} requests`, ms(findings.totalMs));
  line('findings: longest request', ms(findings.longestMs));
};

/**
 * On the PostgreSQL server that is named, else on one started for it; without either there is nothing to
 * share between instances.
 */
const benchRoute = async () => {
  const started = ownUrl === undefined ? await startPostgresql() : undefined;
  const url = ownUrl ?? started?.url;
  if (url === undefined)
    return console.log(
      '\nNo PostgreSQL here: POST /v1/route was not measured. Name one with BENCH_DATABASE_URL.',
    );
  const made = await makeDatabase(url);
  try {
    printRoute(await measureRoute(made.url, Number(options.routed)));
  } finally {
    await made.drop();
    await started?.stop();
  }
};

/** On PostgreSQL, where there is one, and on the embedded database. */
const benchBulk = async () => {
  const started = ownUrl === undefined ? await startPostgresql() : undefined;
  const url = ownUrl ?? started?.url;
  const embedded = Math.min(Number(options.numbers), MOST_EMBEDDED);
  for (const [name, numbers, make] of [
    ...(url === undefined ? [] : [['PostgreSQL', Number(options.numbers), () => newOnServer(url)] as const]),
    ['the embedded database', embedded, newEmbedded] as const,
  ]) {
    const place = await make();
    heading(`Bulk changes and imports on ${name}, ${numbers} numbers`);
    printBulk(
      line,
      await measureBulk(place, numbers, Number(options.rounds)),
      place.databaseUrl === undefined,
    );
    await place.remove();
  }
  await started?.stop();
};

if (wanted('route')) await benchRoute();
if (wanted('bulk')) await benchBulk();
if (parts.length > 0 && parts.every((part) => part === 'route' || part === 'bulk')) end();

const database = ownUrl === undefined ? undefined : await makeDatabase(ownUrl);
const databaseUrl = database?.url;
const place = databaseUrl === undefined ? {} : { databaseUrl };
const server = await startServer({ ...place, env: { LOG_LEVEL: 'error' } });
try {
  const session = await setUp(server);
  const seeded = await runCommand(['seed', '--numbers', options.numbers], {
    dataDirectory: server.dataDirectory,
    ...place,
  });
  if (seeded.exitCode !== 0) throw new Error(seeded.output);
  console.log(
    `${options.numbers} numbers on ${databaseUrl === undefined ? 'the embedded database' : 'PostgreSQL'}; the server started in ${server.startedInMs} ms`,
  );
  console.log(seeded.output.trim().split('\n').at(-1));

  if (wanted('view') || wanted('list')) {
    const browser = await chromium.launch(launchOptions());
    const views: FirstView[] = [];
    if (wanted('view'))
      for (let view = 0; view < Number(options.views); view++)
        views.push(await measureFirstView(browser, session));
    printFirstView(views);
    if (wanted('list')) printLongList(await measureLongList(browser, session));
    await browser.close();
  }

  if (wanted('search')) {
    const target = databaseUrl === undefined ? 8 : 6;
    printSearch('without a count', await measureSearch(session, ''), target);
    printSearch('as the console asks', await measureSearch(session, '&include=total,answering_now'), target);
  }

  if (wanted('csv')) {
    heading('Export of every number, read as fast as it comes');
    for (const format of ['csv', 'jsonl'] as const)
      printExport(await measureExport(session, server.pid, format));
  }

  if (wanted('throughput')) {
    const { list, patch } = await measureThroughput(server, session, databaseUrl);
    heading('Throughput through HTTP, 8 connections (median of 5 rounds, taking turns)');
    printCompared('list of 50', list, 0.75);
    printCompared('PATCH of label and secret', patch, 0.5);
  }
} finally {
  await server.stop();
  await database?.drop();
}
end();
