import { isDeepStrictEqual } from 'node:util';
import { startPostgresql } from '../postgresql.ts';
import { addOperator, callerWith, PASSWORD, setUp, type Caller, type HttpAnswer } from '../http.ts';
import { startServer, type RunningServer } from '../server.ts';
import { count, type Proof, type Report } from './proof.ts';

const AN_ACCOUNT = 10;
const AN_ADDRESS = 60;

interface Try {
  email: string;
  password?: string;
  /** As the proxy in front would write it. */
  from: string;
  cookie?: string;
}

const tryAt = (
  url: string,
  { email, password = 'a wrong password', from, cookie = '' }: Try,
): Promise<HttpAnswer> =>
  callerWith(url, { 'x-forwarded-for': from, cookie }).request('POST', '/v1/sign-in', {
    body: { email, password },
  });

// Where the machine is too slow some are answered 503, and nobody looked at their password.
const judged = (answers: readonly HttpAnswer[]) =>
  answers.filter(({ status }) => status === 401 || status === 200).length;
const together = (times: number, at: (index: number) => Promise<HttpAnswer>, from = 0) =>
  Promise.all(Array.from({ length: times }, (_, index) => at(from + index)));

/** As many as a server takes up at once, again and again. */
const inWaves = async (waves: number, each: number, at: (index: number) => Promise<HttpAnswer>) => {
  const answers: HttpAnswer[] = [];
  for (let wave = 0; wave < waves; wave += 1) answers.push(...(await together(each, at, wave * each)));
  return answers;
};

const deviceOf = (answer: HttpAnswer) => {
  const cookie = answer.headers.getSetCookie().find((each) => each.includes('cordboard_device='));
  return cookie?.split(';')[0] ?? '';
};

interface Refusal {
  detail: string;
  subject: { name: string };
}

const refusals = async (admin: Caller): Promise<Refusal[]> => {
  const events: Refusal[] = [];
  let page: string | null = '';
  while (page !== null) {
    const path = `/v1/audit-events?action=operator.sign_in_refused&page_size=100${page === '' ? '' : `&page_token=${page}`}`;
    const answer: { audit_events: Refusal[]; next_page_token: string | null } = await admin.get(path);
    events.push(...answer.audit_events);
    page = answer.next_page_token;
  }
  return events;
};

const guessesAt = (email: string, events: readonly Refusal[]) =>
  events.filter(({ subject, detail }) => subject.name === email && detail === 'E-mail or password was wrong')
    .length;

/** Everything that must hold; `servers` share one database. */
const proveOn = async (
  what: string,
  servers: readonly [RunningServer, ...RunningServer[]],
  report: Report,
) => {
  const say = (words: string) => `${what}: ${words}`;
  const urlOf = (index: number) => servers[index % servers.length]?.url ?? servers[0].url;
  const admin = await setUp(servers[0]);
  const [victim, colleague] = [
    await addOperator(admin, 'admin', 'Vic Tim'),
    await addOperator(admin, 'operator', 'Cole League'),
  ];
  const home = deviceOf(
    await tryAt(urlOf(0), { email: victim.email, password: PASSWORD, from: '192.0.2.1' }),
  );

  const invented = await inWaves(14, (AN_ADDRESS + 4) / 2, (n) =>
    tryAt(urlOf(n), { email: `n${n}@nowhere.example`, from: `198.51.100.${n % 7}` }),
  );
  const perAddress = Array.from({ length: 7 }, (_, address) =>
    judged(invented.filter((_answer, n) => n % 7 === address)),
  );
  const isLimit = (limit: number, seen: readonly number[]) => seen.every((each) => each > 0 && each <= limit);
  report.check(
    say(`${invented.length} tries at invented accounts: at most ${AN_ADDRESS} judged from an address`),
    isLimit(AN_ADDRESS, perAddress),
    `${perAddress.join()}; ${invented.filter(({ status }) => status >= 500).length} unanswered`,
  );

  const guesses = await together(200, (n) =>
    tryAt(urlOf(n), { email: victim.email, from: `203.0.113.${n}` }),
  );
  report.check(
    say(`200 parallel guesses at an admin: at most ${AN_ACCOUNT} judged`),
    isLimit(AN_ACCOUNT, [judged(guesses)]),
    `${judged(guesses)} judged`,
  );

  const events = await refusals(admin);
  const seen = guessesAt(victim.email, events);
  report.check(
    say('each of them is on the record, and the end of recording'),
    seen === judged(guesses),
    `${seen} of ${count(events.length)} events`,
  );
  const stops = events.filter(
    ({ subject, detail }) => subject.name === victim.email && detail.startsWith('Too many attempts'),
  ).length;
  report.check(say('one event says that more are refused'), stops === 1, `${stops} event`);

  const stranger = await tryAt(urlOf(1), { email: victim.email, password: PASSWORD, from: '192.0.2.1' });
  const own = await tryAt(urlOf(1), {
    email: victim.email,
    password: PASSWORD,
    from: '192.0.2.1',
    cookie: home,
  });
  const isLetIn = (answers: readonly HttpAnswer[]) =>
    isDeepStrictEqual(
      answers.map(({ status }) => status),
      [429, 200],
    );
  report.check(
    say('the known browser gets in meanwhile, an unknown one does not'),
    isLetIn([stranger, own]),
    `${stranger.status}, ${own.status}`,
  );

  const spellings = [
    '2001:db8:1:2::7',
    '[2001:DB8:1:2::8]:5060',
    '2001:db8:1:2:0:ffff::9',
    '2001:0db8:0001:0002::a%eth0',
  ];
  const spelled = await together(80, (n) =>
    tryAt(urlOf(n), { email: `s${n}@nowhere.example`, from: spellings[n % 4] ?? '' }),
  );
  const mapped = ['192.0.2.77', '::ffff:192.0.2.77', '192.0.2.77:4000', '::FFFF:c000:24d'];
  const written = await together(80, (n) =>
    tryAt(urlOf(n), { email: `w${n}@nowhere.example`, from: mapped[n % 4] ?? '' }),
  );
  const bySpelling = [judged(spelled), judged(written)];
  report.check(
    say('an address in four spellings is one address'),
    isLimit(AN_ADDRESS, bySpelling),
    bySpelling.join(),
  );

  report.control(
    say('one guess more than is allowed'),
    !isLimit(AN_ADDRESS, [...perAddress, AN_ADDRESS + 1]),
  );
  const first = events.findIndex((event) => guessesAt(victim.email, [event]) === 1);
  report.control(
    say('a guess without its event'),
    guessesAt(victim.email, events.toSpliced(first, 1)) !== judged(guesses),
  );
  const thief = await tryAt(urlOf(0), {
    email: colleague.email,
    password: PASSWORD,
    from: '198.51.100.1',
    cookie: home,
  });
  report.control(
    say('a known browser of somebody else, from an address that is spent'),
    !isLetIn([stranger, thief]),
  );
};

const env = { CORDBOARD_TRUSTED_PROXY: '1' };

/**
 * Guesses are few and on the record, and nobody is locked out by the guesses of others, on one instance or on
 * two.
 */
export const signIn: Proof = async (report) => {
  const embedded = await startServer({ env });
  try {
    await proveOn('embedded', [embedded], report);
  } finally {
    await embedded.stop();
  }
  const postgresql = await startPostgresql();
  if (postgresql === undefined)
    return report.skip('two instances need PostgreSQL, which is not installed here');
  const started: RunningServer[] = [];
  try {
    const shared = {
      databaseUrl: postgresql.url,
      env: { ...env, CORDBOARD_MASTER_KEY: Buffer.alloc(32, 9).toString('base64') },
    };
    const first = await startServer(shared);
    started.push(first);
    const second = await startServer(shared);
    started.push(second);
    // The second start replaced the link.
    await proveOn('two instances', [second, first], report);
  } finally {
    for (const server of started) await server.stop();
    await postgresql.stop();
  }
};
