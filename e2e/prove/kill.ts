import type { Caller } from '../http.ts';
import { addNumber, keyFromCommandLine, withKey } from '../http.ts';
import { startServer, temporaryFolder } from '../server.ts';
import { childrenOf } from './processes.ts';
import { count, longest, median, seconds, type Proof } from './proof.ts';
import { breaksInHistory, find, lostWrites, type Acknowledged, type StoredNumber } from './writes.ts';

const ROUNDS = 50;
const NUMBERS = 12;
const WRITERS = 6;
const BACK_WITHIN_MS = 3000;

/** Writes until the server stops answering; keeps what it acknowledged. */
const writeUntilDeath = async (
  api: Caller,
  ids: readonly string[],
  round: number,
  writer: number,
): Promise<Acknowledged[]> => {
  const acknowledged: Acknowledged[] = [];
  for (let turn = 0; ; turn++) {
    const id = ids[(writer + turn) % ids.length] ?? '';
    const label = `round ${round} writer ${writer} turn ${turn}`;
    try {
      const answer = await api.request('PATCH', `/v1/phone-numbers/${id}`, {
        body: { friendly_name: label, sip_trunk_password: label },
      });
      if (answer.status === 200)
        acknowledged.push({ id, version: answer.json<{ version: number }>().version, label });
      else if (answer.status < 500)
        throw new TypeError(`a write was answered ${answer.status}: ${answer.text}`);
    } catch (error) {
      // fetch reports a connection that broke as a TypeError with a cause; anything else is a fault of its
      // own.
      if (error instanceof TypeError && error.cause === undefined) throw error;
      return acknowledged;
    }
  }
};

/**
 * 50 times, at a random moment of six writers' work, the server is killed with SIGKILL: alone, or, every
 * other time, together with the process of the embedded database. Whatever was acknowledged must be there,
 * each with its event.
 */
export const kill: Proof = async (report) => {
  const dataDirectory = await temporaryFolder('kill');
  let server = await startServer({ dataDirectory });
  const { port } = server;
  const key = await keyFromCommandLine(server, ['numbers:read', 'numbers:write']);
  const api = withKey(server.url, key);
  const ids: string[] = [];
  for (let index = 0; index < NUMBERS; index++) ids.push((await addNumber(api, 'sip'))._id);

  const acknowledged: Acknowledged[] = [];
  const backAfterMs: number[] = [];
  const lost: string[] = [];
  const breaks: string[] = [];
  let found: StoredNumber[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    const writing = Array.from({ length: WRITERS }, (_, writer) => writeUntilDeath(api, ids, round, writer));
    await new Promise((resolve) => setTimeout(resolve, 60 + Math.random() * 500));
    const killedAt = performance.now();
    const children = round % 2 === 0 ? childrenOf(server.pid) : [];
    await server.kill();
    for (const child of children) process.kill(child, 'SIGKILL');
    const ofRound = (await Promise.all(writing)).flat();
    acknowledged.push(...ofRound);
    server = await startServer({ dataDirectory, port });
    backAfterMs.push(performance.now() - killedAt);
    found = [];
    for (const id of ids) found.push(await find(api, id));
    lost.push(...lostWrites(ofRound, found));
    breaks.push(...found.flatMap(breaksInHistory));
  }
  lost.push(...lostWrites(acknowledged, found));
  await server.stop();

  report.check(
    `${ROUNDS} × kill -9: nothing acknowledged is lost, each write has its event`,
    acknowledged.length > ROUNDS && lost.length === 0,
    `${count(acknowledged.length)} acknowledged, ${lost.length} lost${lost[0] === undefined ? '' : `: ${lost[0]}`}`,
  );
  report.check(
    'every history is one line, and ends at what is stored',
    breaks.length === 0,
    breaks[0] ?? `${count(found.reduce((sum, { events }) => sum + events.length, 0))} events`,
  );
  const usual = median(backAfterMs);
  report.check(
    `back and answering within ${seconds(BACK_WITHIN_MS)} of the kill, as a rule`,
    usual <= BACK_WITHIN_MS,
    `median ${seconds(usual)}, longest ${seconds(longest(backAfterMs))}`,
  );

  const [one] = acknowledged;
  const [first] = found;
  if (one === undefined || first === undefined) return;
  report.control(
    'an acknowledged write that is nowhere',
    lostWrites([{ ...one, version: first.record.version + 1e6 }], found).length === 1,
  );
  const without = found.map((each) => ({
    ...each,
    events: each.events.filter(({ version }) => each.record._id !== one.id || version !== one.version),
  }));
  report.control('a write whose event was taken out', lostWrites([one], without).length === 1);
  report.control(
    'an event that says something else',
    lostWrites([{ ...one, label: 'another' }], found).length === 1,
  );
  report.control(
    'a gap in a history',
    breaksInHistory({ ...first, events: first.events.toSpliced(2, 1) }).length > 0,
  );
};
