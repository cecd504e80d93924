import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '../../fixtures.ts';
import { addNumber, keyFromCommandLine } from '../../http.ts';
import { addAgent, unique } from '../../numbers.ts';
import { isInstalled } from '../../prove/processes.ts';
import { startRedirectServer } from '../../runtime/redirect-server.ts';

const run = promisify(execFile);

const ownFolder = async () => {
  const { outputDir } = test.info();
  await mkdir(outputDir, { recursive: true });
  return outputDir;
};

const AGENTS_HOST = 'media.platform.example:5060';

/** One INVITE as a user agent sends it, and the first line and the Contact of what comes back. */
const invite = async (
  port: number,
  to: string,
  from: string,
): Promise<{ line: string; contact: string | undefined }> => {
  const socket = createSocket('udp4');
  const lines = [
    `INVITE sip:${to}@127.0.0.1:${port} SIP/2.0`,
    'Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK776asdhds',
    `f: <sip:${from}@carrier.example>;tag=1928301774`,
    `To: <sip:${to}@127.0.0.1>`,
    'Call-ID: a84b4c76e66710@carrier.example',
    'CSeq: 1 INVITE',
    'Max-Forwards: 70',
    'Content-Length: 0',
  ];
  socket.send(`${lines.join('\r\n')}\r\n\r\n`, port, '127.0.0.1');
  const [data] = (await once(socket, 'message')) as [Buffer];
  socket.close();
  const text = data.toString();
  expect(text).toContain('cseq: 1 INVITE');
  expect(text).toMatch(/^to: .*;tag=\w+/m);
  return { line: text.slice(0, text.indexOf('\r\n')), contact: /^contact: <(.*)>/m.exec(text)?.[1] };
};

test('a SIP runtime sends each caller where Cordboard decides, and obeys a change at the next call', async ({
  server,
  api,
}) => {
  const agent = await addAgent(api, unique('Route agent'));
  const key = await keyFromCommandLine(server, ['calls:route']);
  const runtime = await startRedirectServer({ cordboardUrl: server.url, key, agentHost: AGENTS_HOST });
  try {
    const { phone_number: to, _id: id } = await addNumber(api, 'pia', { inbound_agent_id: agent });
    const save = (body: object) => api.send('PATCH', `/v1/phone-numbers/${id}`, body);
    const call = () => invite(runtime.port, to, '+14155552671');
    expect(await call()).toEqual({
      line: 'SIP/2.0 302 Moved Temporarily',
      contact: `sip:${agent}@${AGENTS_HOST}`,
    });

    const goesTo = (destination: object) => save({ routing: { rules: [{ when: {}, destination }] } });
    await goesTo({ type: 'forward', to: 'sip:desk@pbx.example' });
    await expect
      .poll(call)
      .toEqual({ line: 'SIP/2.0 302 Moved Temporarily', contact: 'sip:desk@pbx.example' });
    await goesTo({ type: 'reject', reason: 'busy' });
    await expect.poll(async () => (await call()).line).toBe('SIP/2.0 486 Busy Here');
    await save({ routing: null, call_handling: { blocked_callers: [{ prefix: '+1415' }] } });
    await expect.poll(async () => (await call()).line).toBe('SIP/2.0 603 Decline');
    expect((await invite(runtime.port, '+8801799999999', 'anonymous')).line).toBe('SIP/2.0 404 Not Found');
  } finally {
    await runtime.close();
  }
});

test('a SIP user agent of another make is redirected to the agent', async ({ server, api }) => {
  test.skip(!isInstalled('sipp'), 'sipp is not installed');
  const agent = await addAgent(api, unique('Sipp agent'));
  const key = await keyFromCommandLine(server, ['calls:route']);
  const runtime = await startRedirectServer({ cordboardUrl: server.url, key, agentHost: AGENTS_HOST });
  try {
    const { phone_number: to } = await addNumber(api, 'pia', { inbound_agent_id: agent });
    const scenario = fileURLToPath(new URL('../../runtime/invite.xml', import.meta.url));
    const options = [
      '-sf',
      scenario,
      '-s',
      to,
      '-i',
      '127.0.0.1',
      '-m',
      '5',
      '-r',
      '5',
      '-timeout',
      '20s',
      '-nostdin',
      '-key',
      'agent',
      agent,
    ];
    await run('sipp', [`127.0.0.1:${runtime.port}`, ...options], {
      cwd: await ownFolder(),
      env: { ...process.env, TERM: 'dumb' },
    });
  } finally {
    await runtime.close();
  }
});

test('the example of the runtime guide decides calls, and does what it says without Cordboard', async ({
  server,
  api,
}) => {
  const guide = await readFile(
    new URL('../../../src/server/platform/documentation/guides/runtime.md', import.meta.url),
    'utf8',
  );
  const code = /```js\n(\/\/ call\.mjs[\s\S]*?)```/.exec(guide)?.[1];
  const file = join(await ownFolder(), 'call.mjs');
  await writeFile(file, code ?? '');
  const agent = await addAgent(api, unique('Guide agent'));
  const { phone_number: to } = await addNumber(api, 'pia', {
    inbound_agent_id: agent,
    call_handling: { max_duration_seconds: 90 },
  });
  const { phone_number: busy } = await addNumber(api, 'pia', {
    inbound_agent_id: agent,
    routing: { rules: [{ when: { hours: 'any' }, destination: { type: 'reject', reason: 'busy' } }] },
  });
  const key = await keyFromCommandLine(server, ['calls:route']);
  const call = async (url: string, number: string): Promise<unknown> => {
    const env = { ...process.env, CORDBOARD_URL: url, CORDBOARD_KEY: key };
    const script = `const { onCall } = await import(${JSON.stringify(pathToFileURL(file).href)}); console.log(JSON.stringify(await onCall(process.argv[1], '+14155552671')));`;
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script, number], { env });
    return JSON.parse(stdout);
  };
  expect(await call(server.url, to)).toMatchObject({
    act: 'connect',
    agent,
    settings: { max_duration_seconds: 90, ring_timeout_seconds: 30 },
  });
  expect(await call(server.url, busy)).toEqual({ act: 'reject', status: 486 });
  expect(await call(server.url, '+8801799999999')).toEqual({ act: 'reject', status: 404 });
  expect(await call('http://127.0.0.1:9', to)).toEqual({ act: 'reject', status: 480 });
});
