import { addNumber, keyFromCommandLine, nextPhoneNumber, withKey, type HttpAnswer } from '../http.ts';
import { startServer } from '../server.ts';
import { count, type Proof } from './proof.ts';
import { breaksInHistory, find } from './writes.ts';

const WRITERS = 32;
const ROUNDS = 25;

interface Outcome {
  status: number;
  version: number | null;
}

const outcomeOf = (answer: HttpAnswer): Outcome => ({
  status: answer.status,
  version: answer.status === 200 ? answer.json<{ version: number }>().version : null,
});

/**
 * An object's text with its keys in order: their order carries no meaning, and a stored answer may have
 * another.
 */
const inOrder = (text: string) =>
  JSON.stringify(Object.entries(JSON.parse(text) as object).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/**
 * Of those who wrote on one version, exactly one may win, and makes the next version; the others hear 412.
 */
const isOneWinner = (outcomes: readonly Outcome[], before: number) =>
  outcomes.filter(({ status, version }) => status === 200 && version === before + 1).length === 1 &&
  outcomes.filter(({ status }) => status === 412).length === outcomes.length - 1;

/** Writes without a condition all succeed, and each makes a version of its own. */
const isQueue = (outcomes: readonly Outcome[], before: number) =>
  outcomes
    .map(({ version }) => version ?? 0)
    .toSorted((a, b) => a - b)
    .every((version, index) => version === before + 1 + index);

export const race: Proof = async (report) => {
  const server = await startServer();
  try {
    const api = withKey(server.url, await keyFromCommandLine(server, ['numbers:read', 'numbers:write']));
    const { _id: id } = await addNumber(api, 'sip');
    const path = `/v1/phone-numbers/${id}`;
    const all = (send: (writer: number) => Promise<HttpAnswer>) =>
      Promise.all(Array.from({ length: WRITERS }, async (_, writer) => outcomeOf(await send(writer))));

    let version = 1;
    let oneWinnerEach = true;
    let last: Outcome[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const before = version;
      last = await all((writer) =>
        api.request('PATCH', path, {
          body: { friendly_name: `round ${round} writer ${writer}` },
          headers: { 'if-match': `"${before}"` },
        }),
      );
      oneWinnerEach &&= isOneWinner(last, before);
      ({ version } = await api.get<{ version: number }>(path));
    }
    report.check(
      `${WRITERS} writers with If-Match, ${ROUNDS} times: one winner for each version`,
      oneWinnerEach && version === 1 + ROUNDS,
      `version ${version} after ${count(WRITERS * ROUNDS)} tries`,
    );

    const queued = await all((writer) =>
      api.request('PATCH', path, { body: { friendly_name: `unconditional ${writer}` } }),
    );
    report.check(
      `${WRITERS} writers without If-Match: each makes a version of its own`,
      isQueue(queued, version),
      `versions ${version + 1} to ${version + WRITERS}`,
    );

    const history = await find(api, id);
    const breaks = breaksInHistory(history);
    report.check(
      'the history is one line without a gap',
      breaks.length === 0,
      breaks[0] ?? `${history.events.length} events`,
    );

    const phoneNumber = nextPhoneNumber();
    const body = { provider: 'pia', phone_number: phoneNumber, friendly_name: 'once' };
    const retries = await Promise.all(
      Array.from({ length: WRITERS }, () =>
        api.request('POST', '/v1/phone-numbers', {
          body,
          headers: { 'idempotency-key': `key-${phoneNumber}` },
        }),
      ),
    );
    const isOnce = (answers: readonly HttpAnswer[]) =>
      answers.every(({ status }) => status === 201) &&
      new Set(answers.map(({ text }) => inOrder(text))).size === 1;
    report.check(
      `one Idempotency-Key sent ${WRITERS} times at once adds once, and answers the same`,
      isOnce(retries),
      `answers ${[...new Set(retries.map(({ status }) => status))].join()}`,
    );
    const unkeyed = await Promise.all(
      Array.from({ length: 8 }, () =>
        api.request('POST', '/v1/phone-numbers', { body: { ...body, phone_number: nextPhoneNumber() } }),
      ),
    );
    report.control('retries that were each carried out (no key)', !isOnce(unkeyed));

    const [first] = last;
    const won = { status: 200, version: 1 + ROUNDS };
    report.control(
      'two winners of one version',
      first !== undefined && !isOneWinner([won, won, ...last.slice(2)], ROUNDS),
    );
    report.control('a version given twice', !isQueue([...queued.slice(1), ...queued.slice(1, 2)], version));
    report.control(
      'an event taken out of the history',
      breaksInHistory({ ...history, events: history.events.toSpliced(5, 1) }).length > 0,
    );
  } finally {
    await server.stop();
  }
};
