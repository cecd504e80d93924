import { addNumber, type Caller, type HttpAnswer } from '../../http.ts';
import type { RunningServer } from '../../server.ts';
import { isAlive } from '../processes.ts';
import { count, type Report } from '../proof.ts';
import type { SmallDisk } from './small-disk.ts';
import { breaksInHistory, find, lostWrites, type Acknowledged } from '../writes.ts';

const NUMBERS = 4;
const AT_MOST = 4000;
const REFUSALS = 20;

export const namesDisk = (text: string) => /disk (?:of \S+ )?is full/.test(text);

/**
 * A refusal that names the full disk and says that nothing was changed. Nothing else may be answered while it
 * is full.
 */
const saysFull = ({ status, text }: Pick<HttpAnswer, 'status' | 'text'>) =>
  status === 507 && text.includes('"code":"disk_full"') && text.includes('Nothing was changed');

const noise = () =>
  Array.from({ length: 320 }, () => Math.random().toString(36).slice(2))
    .join(' ')
    .slice(0, 3900);

interface Writing {
  acknowledged: Acknowledged[];
  refused: HttpAnswer[];
  /** The server went away under a write. */
  ended: boolean;
}

/** Writes until enough was refused, or the server has ended. */
const writeUntilRefused = async (api: Caller, ids: readonly string[], atMost = AT_MOST): Promise<Writing> => {
  const writing: Writing = { acknowledged: [], refused: [], ended: false };
  for (let turn = 0; turn < atMost && writing.refused.length < REFUSALS; turn++) {
    const id = ids[turn % ids.length] ?? '';
    const label = `turn ${turn}`;
    try {
      const answer = await api.request('PATCH', `/v1/phone-numbers/${id}`, {
        body: { friendly_name: label, notes: noise() },
      });
      if (answer.status === 200)
        writing.acknowledged.push({ id, version: answer.json<{ version: number }>().version, label });
      else writing.refused.push(answer);
    } catch {
      return { ...writing, ended: true };
    }
  }
  return writing;
};

const sawLog = (server: RunningServer) =>
  server
    .output()
    .split('\n')
    .filter((line) => line.includes('disk of the database is full')).length;

/** Fills the disk under writes, then makes room; one server, whichever database. */
export const fillUnderWrites = async (
  report: Report,
  name: string,
  disk: SmallDisk,
  server: RunningServer,
  api: Caller,
): Promise<void> => {
  const ids: string[] = [];
  for (let n = 0; n < NUMBERS; n++) ids.push((await addNumber(api, 'pia'))._id);
  const before = await writeUntilRefused(api, ids, 2 * NUMBERS);
  await disk.fill();
  const { refused, ended, ...full } = await writeUntilRefused(api, ids);
  const acknowledged = [...before.acknowledged, ...full.acknowledged];
  const wrong = refused.filter((answer) => !saysFull(answer));
  report.check(
    `${name}: a write on a full disk is refused with disk_full, and changed nothing`,
    refused.length >= REFUSALS && wrong.length === 0 && !ended,
    wrong[0]
      ? `${wrong[0].status} ${wrong[0].text.slice(0, 160)}`
      : `${count(refused.length)} refusals${ended ? ', then the server ended' : ''}`,
  );
  report.check(`${name}: the log says it in one line`, sawLog(server) === 1, `${sawLog(server)} lines`);
  const read = await api.request('GET', '/v1/phone-numbers');
  report.check(`${name}: reading goes on`, read.status === 200, String(read.status));
  await disk.makeRoom();
  const after = await api.request('PATCH', `/v1/phone-numbers/${ids[0] ?? ''}`, {
    body: { friendly_name: 'room again' },
  });
  report.check(
    `${name}: with room again it goes on without a restart`,
    after.status === 200 && isAlive(server.pid),
    String(after.status),
  );
  const found = await Promise.all(ids.map((id) => find(api, id)));
  const lost = [...lostWrites(acknowledged, found), ...found.flatMap(breaksInHistory)];
  report.check(
    `${name}: nothing acknowledged is lost, nothing refused is there`,
    lost.length === 0,
    lost[0] ?? `${count(acknowledged.length)} acknowledged`,
  );
  const [one] = acknowledged;
  report.control(
    `${name}: a success for what was not stored`,
    one !== undefined && lostWrites([{ ...one, version: 1e9 }], found).length === 1,
  );
  report.control(
    `${name}: a refusal that does not name the disk`,
    !saysFull({ status: 503, text: '{"code":"database_unavailable"}' }),
  );
};
