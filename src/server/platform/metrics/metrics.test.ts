import { execFileSync, spawnSync } from 'node:child_process';
import { expect } from 'vitest';
import { addAgent, addNumber } from '#server/testing/given.ts';
import { openTestApp, test, type TestApp } from '#server/testing/test-app.ts';
import { metricsApp } from './mount-metrics.ts';

const TOKEN = 'a token for the scraper';
const metricsToken = TOKEN.replaceAll(' ', '-');
const withToken = async () => (await openTestApp({ metricsToken })).test;
const scrape = async ({ request }: TestApp): Promise<string> => {
  const answer = await request<string>('GET', '/metrics', {
    headers: { authorization: `Bearer ${metricsToken}` },
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  return answer.body;
};

/** The value of one series, by its name and labels as they are written. */
const valueOf = (text: string, series: string) =>
  Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${series} `))
      ?.slice(series.length + 1),
  );

/** What the conventions of Prometheus forbid, told by name. */
const faults = (text: string): string[] => {
  const types = new Map(
    [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type = '']) => [name, type]),
  );
  const helped = new Set([...text.matchAll(/^# HELP (\S+) \S/gm)].map(([, name]) => name));
  const found: string[] = [];
  for (const [name, type] of types) {
    if (!/^[a-z][a-z0-9_]*$/.test(name)) found.push(`${name} is no name`);
    if (!/^(cordboard|process|nodejs)_/.test(name)) found.push(`${name} says not whose it is`);
    if (!helped.has(name)) found.push(`${name} has no help`);
    if ((type === 'counter') !== name.endsWith('_total')) found.push(`${name} is a ${type}`);
    if (/_(ms|milliseconds|minutes|kilobytes|megabytes|percent)(_|$)/.test(name))
      found.push(`${name} is not in base units`);
  }
  for (const line of text.split('\n').filter((each) => each !== '' && !each.startsWith('#'))) {
    const name = /^[a-z0-9_]+/.exec(line)?.[0] ?? '';
    if (!types.has(name) && !types.has(name.replace(/_(bucket|sum|count)$/, '')))
      found.push(`${line} has no type`);
  }
  return found;
};

test('metrics are off unless asked for', async ({ cordboard }) => {
  expect(cordboard.app.metrics).toBeNull();
  expect((await cordboard.request('GET', '/metrics')).status).toBe(404);
});

test('behind a token they are refused without it', async () => {
  const on = await withToken();
  for (const authorization of ['', 'Bearer', 'Bearer wrong', `Bearer ${metricsToken}x`, metricsToken]) {
    const answer = await on.request('GET', '/metrics', { headers: { authorization } });
    expect([authorization, answer.status, answer.headers.get('www-authenticate')]).toEqual([
      authorization,
      401,
      'Bearer',
    ]);
  }
  await scrape(on);
});

test('on a port of their own they are nowhere else, and a token is asked for there too', async () => {
  const { test: open } = await openTestApp({ metricsPort: 9464 });
  expect((await open.request('GET', '/metrics')).status).toBe(404);
  if (!open.app.metrics) throw new Error('Metrics are off');
  const own = metricsApp(open.app.metrics, null);
  expect(await (await own.fetch(new Request('http://127.0.0.1:9464/metrics'))).text()).toContain(
    '\nnodejs_eventloop_lag_p99_seconds ',
  );
  expect((await own.fetch(new Request('http://127.0.0.1:9464/v1/me'))).status).toBe(404);
  const guarded = metricsApp(open.app.metrics, metricsToken);
  expect((await guarded.fetch(new Request('http://127.0.0.1:9464/metrics'))).status).toBe(401);
});

test('tell of requests, decisions, streams and connections, by route and never by path', async ({
  cordboard,
}) => {
  const on = await withToken();
  const as = on.as('operator');
  const { ai_agent_id: agent } = await addAgent(as, 'Asha');
  const number = await addNumber(as, { inbound_agent_id: agent });
  await as.request('GET', `/v1/phone-numbers/${number._id}`);
  await as.request('GET', '/v1/phone-numbers/ffffffffffffffffffffffff');
  await as.request('GET', '/v1/nothing/here');
  const key = await on.withKey(['calls:route']);
  expect(
    (await key.request('POST', '/v1/route', { body: { to: number.phone_number, from: null } })).status,
  ).toBe(200);
  const viewer = await cordboard.signedInAs('viewer');
  const stream = await on.app.hono.fetch(
    new Request('http://cordboard.test/v1/changes', { headers: { cookie: viewer.cookie } }),
  );

  const text = await scrape(on);
  const requests = (method: string, route: string, status: number) =>
    valueOf(
      text,
      `cordboard_http_request_duration_seconds_count{method="${method}",route="${route}",status="${status}"}`,
    );
  expect(requests('GET', '/v1/phone-numbers/{phone_number_id}', 200)).toBe(1);
  expect(requests('GET', '/v1/phone-numbers/{phone_number_id}', 404)).toBe(1);
  expect(requests('POST', '/v1/phone-numbers', 201)).toBe(1);
  expect(requests('other', 'other', 404)).toBe(1);
  const decided = ['memory', 'database'].map((source) =>
    valueOf(text, `cordboard_route_decisions_total{source="${source}",outcome="agent"}`),
  );
  expect(decided.filter((value) => value === 1)).toHaveLength(1);
  expect(valueOf(text, 'cordboard_change_streams')).toBe(1);
  expect(valueOf(text, 'cordboard_database_connections_max')).toBeGreaterThan(0);
  expect(valueOf(text, 'cordboard_heavy_queries_refused_total')).toBe(0);
  for (const hidden of [
    number._id,
    number.phone_number,
    agent,
    viewer.email,
    metricsToken,
    'ffffffff',
    '/v1/nothing',
  ])
    expect([hidden, text.includes(hidden)]).toEqual([hidden, false]);
  await stream.body?.cancel();
});

test('keep to the conventions of Prometheus', async () => {
  const text = await scrape(await withToken());
  expect(faults(text)).toEqual([]);
  expect(faults('# HELP jobs_ms x\n# TYPE jobs_ms counter\njobs_ms 1\n')).toHaveLength(3);
  // Its own judge, where the machine has it.
  if (spawnSync('promtool', ['--version']).error) return;
  expect(execFileSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' })).toBe('');
});
