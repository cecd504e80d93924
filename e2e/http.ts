import type { EndpointKey } from '#contract/api.ts';
import type { Role, Scope } from '#contract/access.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { trunk, twilioAccount } from '#server/testing/samples.ts';
import { runCommand, type RunningServer } from './server.ts';

/* The API as a script outside would call it: no types taken on trust, every answer kept as it came. */

export interface HttpAnswer {
  status: number;
  headers: Headers;
  text: string;
  /** The body as JSON; the caller says what it believes it to be. */
  json<T>(): T;
}

export interface CallOptions {
  body?: unknown;
  /** Sent as it is, instead of `body`. */
  raw?: string | Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
}

export interface Caller {
  url: string;
  headers: Record<string, string>;
  request(method: string, path: string, options?: CallOptions): Promise<HttpAnswer>;
  get<T>(path: string): Promise<T>;
  /** Like `request`, and throws unless it succeeded. */
  send<T>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<T>;
}

export const callerWith = (url: string, own: Record<string, string> = {}): Caller => {
  const request: Caller['request'] = async (method, path, { body, raw, headers } = {}) => {
    const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(url + path, {
      method,
      headers: { ...own, ...(payload !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(payload !== undefined && { body: payload }),
      redirect: 'manual',
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: <T>() => JSON.parse(text) as T };
  };
  const send = async <T>(method: string, path: string, body?: unknown, headers?: Record<string, string>) => {
    const answer = await request(method, path, { body, ...(headers && { headers }) });
    if (answer.status >= 300)
      throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text.slice(0, 400)}`);
    return (answer.text === '' ? undefined : answer.json()) as T;
  };
  return { url, headers: own, request, send, get: (path) => send('GET', path) };
};

export const withKey = (url: string, key: string): Caller =>
  callerWith(url, { authorization: `Bearer ${key}` });

const cookieOf = (answer: HttpAnswer) =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');

export interface Person {
  name: string;
  email: string;
  password: string;
  role: Role;
}

export const PASSWORD = 'correct horse battery staple';

/** Signs in and keeps the cookie, as a browser would. */
export const signIn = async (
  url: string,
  { email, password }: Pick<Person, 'email' | 'password'>,
): Promise<Caller> => {
  const answer = await callerWith(url).request('POST', '/v1/sign-in', { body: { email, password } });
  if (answer.status !== 200)
    throw new Error(`Signing in as ${email} answered ${answer.status}: ${answer.text}`);
  return callerWith(url, { cookie: cookieOf(answer) });
};

export const tokenOf = (setUpLink: string) =>
  decodeURIComponent(/[#?=/]([^#?=/]+)$/.exec(setUpLink)?.[1] ?? '');

export const firstAdmin: Person = {
  name: 'Ada Admin',
  email: 'ada@cordboard.example',
  password: PASSWORD,
  role: 'admin',
};

/** Makes the first admin with the printed link. */
export const setUp = async (
  server: RunningServer,
  { name, email, password }: Person = firstAdmin,
): Promise<Caller> => {
  const body = { token: tokenOf(server.setUpLink ?? ''), name, email, password };
  const answer = await callerWith(server.url).request('POST', '/v1/set-up', { body });
  if (answer.status !== 201) throw new Error(`Setting up answered ${answer.status}: ${answer.text}`);
  return callerWith(server.url, { cookie: cookieOf(answer) });
};

export const addOperator = async (admin: Caller, role: Role, name: string): Promise<Person> => {
  const person = {
    name,
    email: `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '.')}@cordboard.example`,
    password: PASSWORD,
    role,
  };
  await admin.send('POST', '/v1/operators', person);
  return person;
};

/** A key made on the command line, as an operator of the machine would. */
export const keyFromCommandLine = async (
  server: RunningServer,
  scopes: readonly Scope[],
  databaseUrl = server.databaseUrl,
): Promise<string> => {
  const { exitCode, output } = await runCommand(
    [
      'api-key',
      'add',
      '--name',
      `e2e ${scopes.join(' ')}`.slice(0, 80),
      ...scopes.flatMap((scope) => ['--scope', scope]),
    ],
    { dataDirectory: server.dataDirectory, ...(databaseUrl !== undefined && { databaseUrl }) },
  );
  const key = /cbk_[\w-]+/.exec(output)?.[0];
  if (exitCode !== 0 || key === undefined) throw new Error(`api-key add ended with ${exitCode}: ${output}`);
  return key;
};

let counter = 0;
/**
 * A US number nobody else has in this run; libphonenumber holds area code 202 for possible whatever follows.
 */
export const nextPhoneNumber = () =>
  `+1202${String(2_000_000 + ((process.pid * 7919) % 90_000) * 80 + counter++).slice(0, 7)}`;

export const samples = {
  sip: () => ({ phone_number: nextPhoneNumber(), ...trunk }),
  twilio: () => ({ phone_number: nextPhoneNumber(), ...twilioAccount }),
  pia: () => ({ phone_number: nextPhoneNumber(), provider: 'pia' as const }),
};

export const addNumber = <P extends keyof typeof samples>(
  api: Caller,
  provider: P,
  fields: object = {},
): Promise<PhoneNumber & { provider: P }> =>
  api.send('POST', '/v1/phone-numbers', { ...samples[provider](), ...fields });

export const methodAndPath = (key: EndpointKey): [method: string, path: string] => {
  const [method = '', path = ''] = key.split(' ');
  return [method, path];
};
