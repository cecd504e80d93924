import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { addNumber, keyFromCommandLine, nextPhoneNumber, withKey, type Caller } from '../../http.ts';
import { startServer, temporaryFolder, type RunningServer } from '../../server.ts';
import { proveTurns } from './flood-turns.ts';
import { isAlive } from '../processes.ts';
import { count, type Proof, type Report } from '../proof.ts';

/**
 * Bytes no client library would send; answers the status of whatever came back, 0 where the connection just
 * ended.
 */
const sendRaw = async (port: number, bytes: string | Buffer): Promise<number> => {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
  socket.on('error', () => {});
  socket.end(bytes);
  await once(socket, 'close');
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
};

const rawRequests = (key: string): string[] => {
  const head = (line: string, more = '') =>
    `${line} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${key}\r\nConnection: close\r\n${more}\r\n`;
  return [
    'not http at all\r\n\r\n',
    '\u0000\u0001\u0002\r\n\r\n',
    head('GET /v1/phone-numbers/%'),
    head('GET /v1/phone-numbers/%00'),
    head('GET /v1/phone-numbers/%c0%af'),
    head('GET /v1/phone-numbers/../../etc/passwd'),
    head('GET /..%2f..%2f..%2fetc%2fpasswd'),
    head('GET //evil.example/v1/phone-numbers'),
    head('GET http://evil.example/v1/phone-numbers'),
    head(`GET /v1/phone-numbers?q=${'a'.repeat(20_000)}`),
    head(`GET /${'a/'.repeat(4000)}`),
    head('GET /v1/phone-numbers?q=%ff%fe'),
    head('GET /v1/phone-numbers', `X-Big: ${'b'.repeat(40_000)}\r\n`),
    head('GET /v1/phone-numbers', `Cookie: ${'c=d;'.repeat(3000)}\r\n`),
    head('GET /v1/phone-numbers', 'If-Match: "\u0001"\r\n'),
    head('TRACE /v1/phone-numbers'),
    head('PROPFIND /v1/phone-numbers'),
    head('POST /v1/phone-numbers', 'Content-Type: application/json\r\nContent-Length: -1\r\n'),
    head('POST /v1/phone-numbers', 'Content-Type: application/json\r\nContent-Length: 99999999999\r\n'),
    head(
      'POST /v1/phone-numbers',
      'Content-Type: application/json\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n',
    ),
    `${head('POST /v1/phone-numbers', 'Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n')}zz\r\n{}\r\n0\r\n\r\n`,
    'GET /v1/phone-numbers HTTP/1.1\r\n\r\n',
    'GET /v1/phone-numbers HTTP/9.9\r\nHost: x\r\n\r\n',
  ];
};

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

const bodies = (): (string | Uint8Array<ArrayBuffer>)[] => [
  '',
  '{',
  'null',
  '[]',
  '"text"',
  '1e999',
  nested(100_000),
  `{"provider":"pia","phone_number":"+12025550100","metadata":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`,
  '{"__proto__":{"role":"admin"},"provider":"pia"}',
  '{"constructor":{"prototype":{"x":1}},"provider":"pia"}',
  `{"provider":"pia","phone_number":"${'1'.repeat(900_000)}"}`,
  `{"provider":"pia","phone_number":"${nextPhoneNumber()}","friendly_name":"${'n'.repeat(900_000)}"}`,
  `{"provider":"pia","phone_number":"${nextPhoneNumber()}","friendly_name":"a\\u0000b"}`,
  `{"provider":"pia","phone_number":"${nextPhoneNumber()}","friendly_name":"a\\ud800b"}`,
  `{"provider":"pia","phone_number":"${nextPhoneNumber()}","labels":${JSON.stringify(Array.from({ length: 9000 }, (_, n) => `l${n}`))}}`,
  `{"provider":"pia","phone_number":"${nextPhoneNumber()}","metadata":{"__proto__":"x"}}`,
  'x'.repeat(4_000_000),
  new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
];

const paths = (id: string): string[] => [
  `/v1/phone-numbers/${id}/history?page_token=${'A'.repeat(900)}`,
  '/v1/phone-numbers?page_token=eyJhIjoxfQ',
  '/v1/phone-numbers?page_size=1e3',
  '/v1/phone-numbers?page_size=-1',
  '/v1/phone-numbers?page_size=NaN',
  '/v1/phone-numbers?sort=id;drop table phone_number',
  '/v1/phone-numbers?sort=created_at&sort=created_at',
  '/v1/phone-numbers?unknown=1',
  '/v1/phone-numbers?skip=999999999999',
  `/v1/phone-numbers/${'a'.repeat(3000)}`,
  "/v1/phone-numbers/' or 1=1 --",
  '/v1/audit-events?since=yesterday',
  '/v2/ai-agents/%F0%9F%92%A9',
];

const refused = (status: number) => status >= 400 && status < 500;

const post = async (api: Caller, path: string, raw: string | Uint8Array<ArrayBuffer>) =>
  (await api.request('POST', path, { raw })).status;

interface Sent {
  what: string;
  status: number;
}

const notRefused = (sent: readonly Sent[], isFine: (status: number) => boolean) =>
  sent
    .filter(({ status }) => !isFine(status))
    .map(({ what, status }) => `${status} for ${what.slice(0, 90).replaceAll(/[\r\n]+/g, ' ')}`);

const isUnharmed = async (server: RunningServer, api: Caller) =>
  isAlive(server.pid) && (await api.request('GET', '/v1/phone-numbers')).status === 200;

/** Whatever comes over the line is answered 4xx, by the same process afterwards. */
const proveRefusals = async (report: Report, dataDirectory: string): Promise<void> => {
  const server = await startServer({ dataDirectory, env: { LOG_LEVEL: 'error' } });
  try {
    const key = await keyFromCommandLine(server, [
      'numbers:read',
      'numbers:write',
      'agents:write',
      'audit:read',
      'credentials:reveal',
    ]);
    const api = withKey(server.url, key);
    const { _id: id } = await addNumber(api, 'sip');

    const raw: Sent[] = [];
    for (const what of rawRequests(key)) raw.push({ what, status: await sendRaw(server.port, what) });
    const wrongRaw = notRefused(raw, (status) => status < 500);
    report.check(
      'malformed requests, as bytes',
      wrongRaw.length === 0,
      wrongRaw.join('; ') ||
        `${raw.length} kinds, ${raw.filter(({ status }) => status === 0).length} cut off`,
    );

    const sent: Sent[] = [];
    for (const path of [
      '/v1/phone-numbers',
      '/v2/ai-agents',
      `/v1/phone-numbers/${id}/reveal`,
      '/v1/sign-in',
      '/v1/set-up',
    ])
      for (const body of bodies())
        sent.push({ what: `${path} ${String(body)}`, status: await post(api, path, body) });
    for (const path of paths(id)) sent.push({ what: path, status: (await api.request('GET', path)).status });
    const wrong = notRefused(sent, refused);
    report.check(
      'malformed bodies, paths and queries are answered 4xx',
      wrong.length === 0,
      wrong.slice(0, 4).join('; ') || `${count(sent.length)} requests`,
    );

    const storm = await Promise.all(
      Array.from({ length: 300 }, (_, n) => post(api, '/v1/phone-numbers', bodies()[n % 10] ?? '')),
    );
    report.check(
      '300 of them at once',
      storm.every(refused),
      `answers ${[...new Set(storm)].toSorted((a, b) => a - b).join()}`,
    );
    report.check('the same process goes on', await isUnharmed(server, api), `process ${server.pid}`);
    report.check(
      'and has stored none of it',
      (await api.get<{ total_count: number }>('/v1/phone-numbers?include=total')).total_count === 1,
      'one number',
    );

    report.control(
      'a request that was carried out',
      notRefused([...sent, { what: 'planted', status: 201 }], refused).length === wrong.length + 1,
    );
    report.control(
      'a failure of the server',
      notRefused([...sent, { what: 'planted', status: 500 }], refused).length === wrong.length + 1,
    );
    await server.kill();
    report.control('a process that is gone', !(await isUnharmed(server, api).catch(() => false)));
  } finally {
    await server.stop();
  }
};

export const flood: Proof = async (report) => {
  // Both servers are of one installation: the second needs the first one's master key.
  const dataDirectory = await temporaryFolder('flood');
  try {
    await proveRefusals(report, dataDirectory);
    await proveTurns(report, dataDirectory);
  } finally {
    await rm(dataDirectory, { recursive: true, force: true });
  }
};
