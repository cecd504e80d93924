import { createHash } from 'node:crypto';
import type { Scope } from '#contract/access.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { addNumber, keyFromCommandLine, nextPhoneNumber, withKey, type Caller } from '../../http.ts';
import { startServer } from '../../server.ts';
import { count, type Proof } from '../proof.ts';
import { guessInPlans } from './guess-in-plans.ts';

const GUESSES = 200;
const RIGHT = 137;
// Each takes three plans and a job.
const GUESSES_IN_PLANS = 8;
const passwordOf = (guess: number) =>
  `carrier-${createHash('sha256').update(String(guess)).digest('hex').slice(0, 12)}`;

type Sip = PhoneNumber & { provider: 'sip' };
const pathOf = ({ _id }: Pick<Sip, '_id'>) => `/v1/phone-numbers/${_id}`;

/** Whatever looks like a fingerprint in an answer, wherever it stands in it. */
const fingerprintsIn = (text: string): string[] => text.match(/(?<=")[0-9a-f]{8}(?=")/g) ?? [];

/**
 * All that someone is answered about a number: the record, the list, its history, the log, a refused save, a
 * patch of nothing.
 */
const lookAt = async (as: Caller, number: Sip): Promise<Set<string>> => {
  const path = pathOf(number);
  const answers = [
    await as.request('GET', path),
    await as.request('GET', `/v1/phone-numbers?q=${encodeURIComponent(number.phone_number)}`),
    await as.request('GET', `${path}/history?page_size=100`),
    await as.request('GET', `/v1/audit-events?page_size=100&subject_id=${number._id}`),
    await as.request('PATCH', path, { body: { notes: 'stale' }, headers: { 'if-match': '"999999"' } }),
    await as.request('PATCH', path, { body: {} }),
    await as.request('POST', `${path}/restore`),
  ];
  return new Set(answers.flatMap(({ text }) => fingerprintsIn(text)));
};

/**
 * Adds a number with each guess, retries the request, sets the guess once more, and looks for what the chosen
 * number shows.
 */
const guessElsewhere = async (as: Caller, chosen: Sip): Promise<number[]> => {
  const found: number[] = [];
  const shown = await lookAt(as, chosen);
  const own = await addNumber(as, 'sip', { sip_trunk_password: 'nothing yet' });
  for (let guess = 0; guess < GUESSES; guess++) {
    const sip_trunk_password = passwordOf(guess);
    const request = {
      body: { provider: 'sip', phone_number: nextPhoneNumber(), sip_trunk_password },
      headers: {
        'idempotency-key': `oracle-${process.pid}-${guess}-${as.headers['authorization']?.slice(-8)}`,
      },
    };
    const added = [
      await as.request('POST', '/v1/phone-numbers', request),
      await as.request('POST', '/v1/phone-numbers', request),
    ];
    const patched = await as.request('PATCH', pathOf(own), { body: { sip_trunk_password } });
    const seen = new Set([...added, patched].flatMap(({ text }) => fingerprintsIn(text)));
    if (guess % 20 === RIGHT % 20)
      for (const one of await lookAt(as, added[0]?.json<Sip>() ?? own)) seen.add(one);
    for (const fingerprint of seen) {
      const isListed = (
        await as.request('GET', `/v1/phone-numbers?page_size=100&fingerprint=${fingerprint}`)
      ).text.includes(chosen._id);
      // A field that cannot be changed is taken where it is as it stands: that, too, would say which is
      // right.
      const isTaken =
        (await as.request('PATCH', pathOf(chosen), { body: { sip_trunk_password_fingerprint: fingerprint } }))
          .status === 200;
      if (isListed || isTaken || shown.has(fingerprint)) found.push(guess);
    }
  }
  return [...new Set(found)];
};

interface Outcome {
  guess: number;
  /** All that could differ between a guess that is right and one that is wrong. */
  seen: string;
}

/**
 * Sets each guess on a number that holds the chosen secret, and keeps what the answer and the history say of
 * it.
 */
const guessInPlace = async (as: Caller, holders: readonly Sip[]): Promise<Outcome[]> => {
  const outcomes: Outcome[] = [];
  for (const [guess, holder] of holders.entries()) {
    const path = pathOf(holder);
    const before = await as.get<Sip>(path);
    const answer = await as.request('PATCH', path, { body: { sip_trunk_password: passwordOf(guess) } });
    const after = answer.json<Sip>();
    const { audit_events: events } = await as.get<{ audit_events: { action: string; changes: object }[] }>(
      `${path}/history`,
    );
    const seen = [
      answer.status,
      answer.headers.get('etag'),
      Object.keys(after).filter(
        (field) => JSON.stringify(after[field as keyof Sip]) !== JSON.stringify(before[field as keyof Sip]),
      ),
      events.map(({ action, changes }) => [
        action,
        Object.keys(changes),
        new Set(fingerprintsIn(JSON.stringify(changes))).size,
      ]),
    ];
    outcomes.push({ guess, seen: JSON.stringify(seen) });
  }
  return outcomes;
};

/** The guesses whose outcome few others have: one that stands out has been told from the rest. */
const standingOut = (outcomes: readonly Outcome[]): number[] =>
  outcomes
    .filter(({ seen }) => outcomes.filter((other) => other.seen === seen).length < outcomes.length / 2)
    .map(({ guess }) => guess);

const addHolders = async (as: Caller, many = GUESSES): Promise<Sip[]> => {
  const holders: Sip[] = [];
  for (let index = 0; index < many; index++)
    holders.push(await addNumber(as, 'sip', { sip_trunk_password: passwordOf(RIGHT) }));
  return holders;
};

/** Guesses in plans, jobs and imports, the right one among them. */
const guessMany = async (as: Caller, holders: readonly Sip[]): Promise<Outcome[]> => {
  const outcomes: Outcome[] = [];
  for (const [at, holder] of holders.entries()) {
    const guess = RIGHT - 3 + at;
    outcomes.push({ guess, seen: await guessInPlans(as, holder, passwordOf(guess)) });
  }
  return outcomes;
};

/**
 * Who may write but not reveal sets guesses, on numbers of their own and on the very number, and learns
 * nothing.
 */
export const oracle: Proof = async (report) => {
  const server = await startServer({ env: { LOG_LEVEL: 'error' } });
  const keyWith = async (...scopes: Scope[]) => withKey(server.url, await keyFromCommandLine(server, scopes));
  try {
    const writer = await keyWith('numbers:read', 'numbers:write', 'audit:read');
    const revealer = await keyWith('numbers:read', 'numbers:write', 'audit:read', 'credentials:reveal');
    const chosen: Sip = await addNumber(revealer, 'sip', { sip_trunk_password: passwordOf(RIGHT) });

    const shown = await lookAt(writer, chosen);
    const elsewhere = await guessElsewhere(writer, chosen);
    report.check(
      `${GUESSES} guesses on numbers of their own: none shows what the chosen number shows`,
      shown.size === 1 && elsewhere.length === 0,
      elsewhere.length === 0
        ? `${shown.size} fingerprint in 7 answers, 0 alike`
        : `found ${elsewhere.join()}`,
    );
    const refused = await writer.request('GET', `/v1/phone-numbers?fingerprint=${[...shown][0]}`);
    report.check('the filter by fingerprint is refused', refused.status === 403, String(refused.status));

    const inPlace = await guessInPlace(writer, await addHolders(revealer));
    const kinds = new Set(inPlace.map(({ seen }) => seen));
    report.check(
      `${count(inPlace.length)} guesses on numbers that hold the secret: the right one is answered like all others`,
      kinds.size === 1 && standingOut(inPlace).length === 0,
      `${kinds.size} kind of answer`,
    );

    const planned = await guessMany(writer, await addHolders(revealer, GUESSES_IN_PLANS));
    report.check(
      'guesses in plans, jobs and imports: every one counts as a change, the right one too',
      standingOut(planned).length === 0 &&
        planned.every(({ seen }) => seen === planned[0]?.seen && !seen.includes('"changed":0')),
      `${planned.length} guesses, ${new Set(planned.map(({ seen }) => seen)).size} kind of answer`,
    );

    report.control(
      'the same guesses by who may reveal: the right one alone is found',
      (await guessElsewhere(revealer, chosen)).join() === String(RIGHT),
    );
    const told = standingOut(await guessInPlace(revealer, await addHolders(revealer)));
    report.control('a guess that changes nothing, as for who may reveal', told.join() === String(RIGHT));
    const toldInPlans = await guessMany(revealer, await addHolders(revealer, GUESSES_IN_PLANS));
    report.control(
      'a plan that counts an equal credential as unchanged, as for who may reveal',
      standingOut(toldInPlans).join() === String(RIGHT),
    );
  } finally {
    await server.stop();
  }
};
