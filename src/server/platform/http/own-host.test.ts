import { connect } from 'node:net';
import { describe, expect, test as plainTest } from 'vitest';
import { mountStaticFiles } from './static-files.ts';
import { openLog } from '#server/log.ts';
import { createApp } from '#server/app.ts';
import { serve } from '#server/serve.ts';
import { expectProblem } from '#server/testing/given.ts';
import { openTestApp, test, testConfig, type Caller } from '#server/testing/test-app.ts';
import { testServerDatabase } from '#server/testing/test-database.ts';
import { isOwnHost } from './own-host.ts';

const https = 'https://numbers.example';

plainTest.for([
  [https, 'numbers.example'],
  [https, 'NUMBERS.Example'],
  [https, 'numbers.example.'],
  [https, 'numbers.example:443'],
  ['http://numbers.example', 'numbers.example:80'],
  ['http://numbers.example:8080', 'numbers.example:8080'],
  // As proxies send it that pass on the name alone.
  ['https://numbers.example:8443', 'numbers.example'],
  ['http://[2001:db8::1]:4780', '[2001:DB8:0::1]:4780'],
  ['http://[2001:db8::1]:4780', '[2001:db8::1]'],
  ['http://127.0.0.1:4780', '127.0.0.1:4780'],
] as const)('%s is reached as %s', ([publicUrl, host]) => {
  expect(isOwnHost(new URL(publicUrl), host)).toBe(true);
});

plainTest.for([
  [https, 'evil.example'],
  [https, 'numbers.example.evil.example'],
  [https, 'evil-numbers.example'],
  [https, 'numbers.example:80'],
  [https, 'numbers.example:8443'],
  ['https://numbers.example:8443', 'numbers.example:443'],
  [https, 'numbers.example@evil.example'],
  [https, 'evil.example/numbers.example'],
  [https, 'evil.example#numbers.example'],
  [https, 'numbers.example, evil.example'],
  [https, '127.0.0.1'],
  [https, ''],
  [https, '.'],
  ['http://[2001:db8::1]:4780', '[2001:db8::2]:4780'],
  ['http://[2001:db8::1]:4780', '[2001:db8::1]:80'],
] as const)('%s is not reached as %s', ([publicUrl, host]) => {
  expect(isOwnHost(new URL(publicUrl), host)).toBe(false);
});

// Not https: the cookies of the given sessions are not Secure.
const http = 'http://numbers.example';

describe('with a public URL', () => {
  const open = async () => {
    const { test: app, reset } = await openTestApp({ publicUrl: new URL(http) });
    await reset();
    return app;
  };
  const elsewhere = { headers: { host: 'evil.example', 'x-forwarded-host': 'numbers.example' } };
  const here = { headers: { host: 'numbers.example' } };
  const signIn = { body: { email: 'rina@company.example', password: 'wrong but long enough' } };

  test('sign-in, set-up and whatever a cookie opens are refused under another name', async () => {
    const app = await open();
    const operator = await app.signedInAs('admin');
    const nobody = app.withHeaders({});
    const asked: [Caller, string, string, object?][] = [
      [nobody, 'POST', '/v1/sign-in', signIn],
      [nobody, 'GET', '/v1/set-up'],
      [nobody, 'POST', '/v1/set-up', { body: {} }],
      [operator, 'GET', '/v1/phone-numbers'],
      [operator, 'POST', '/v1/sign-out'],
      [operator, 'GET', '/v1/nothing'],
    ];
    for (const [as, method, path, more] of asked) {
      const problem = expectProblem(
        await as.request(method, path, { ...more, ...elsewhere }),
        421,
        'wrong_host',
      );
      expect(problem.detail).toContain('http://numbers.example');
    }
    expect((await operator.request('GET', '/v1/phone-numbers', here)).status).toBe(200);
    expect((await nobody.request('POST', '/v1/sign-in', { ...signIn, ...here })).status).toBe(401);
    app.app.close();
  });

  test('keys, health and the document are answered under any name; a bad key opens nothing', async () => {
    const app = await open();
    const key = await app.withKey(['numbers:read']);
    expect((await key.request('GET', '/v1/phone-numbers', elsewhere)).status).toBe(200);
    const nobody = app.withHeaders({});
    for (const path of ['/healthz', '/readyz', '/openapi.json'])
      expect((await nobody.request('GET', path, elsewhere)).status).toBe(200);
    const bad = app.withHeaders({ authorization: 'Bearer nothing' });
    expect((await bad.request('POST', '/v1/sign-in', { ...signIn, ...elsewhere })).status).toBe(401);
    app.app.close();
  });

  test('pages are refused with words and not with JSON', async () => {
    const app = await open();
    mountStaticFiles(app.app.hono, new Map(), { https: false });
    for (const path of ['/', '/numbers', '/sign-in', '/docs', '/assets/x.js']) {
      const answer = await app
        .withHeaders({ authorization: 'Bearer nothing' })
        .request<string>('GET', path, elsewhere);
      expect(answer.status, path).toBe(421);
      expect(answer.headers.get('content-type')).toContain('text/plain');
      expect(answer.body).toContain('http://numbers.example');
    }
    expect((await app.withHeaders({}).request('GET', '/docs', here)).status).toBe(200);
    app.app.close();
  });

  test('over the wire: a request without a name is refused, its question for health is not', async ({
    cordboard,
  }) => {
    expect(cordboard).toBeDefined();
    const config = { ...testConfig, publicUrl: new URL(http) };
    const app = await createApp({ config, database: await testServerDatabase(), log: openLog('silent') });
    const serving = await serve(app, config);
    const say = (text: string) =>
      new Promise<string>((resolve, reject) => {
        let said = '';
        const socket = connect(Number(serving.url.port), '127.0.0.1', () => socket.write(text));
        socket.on('data', (data) => (said += data.toString()));
        socket.on('error', reject);
        socket.on('close', () => resolve(said));
      });
    try {
      expect(await say('GET /v1/set-up HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.[01] (400|421) /);
      expect(await say('GET /healthz HTTP/1.0\r\nHost: numbers.example\r\n\r\n')).toMatch(
        /^HTTP\/1\.[01] 200 /,
      );
      expect(await say('GET /v1/set-up HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n')).toMatch(
        /^HTTP\/1\.1 421 /,
      );
      expect(
        await say(
          'GET http://numbers.example/v1/set-up HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n',
        ),
      ).toMatch(/ 421 /);
    } finally {
      app.close();
      await serving.close(1000);
    }
  });
});
