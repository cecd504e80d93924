import type { BulkJob } from '#contract/bulk/jobs.ts';
import type { ConnectionImport } from '#contract/bulk/connection-imports.ts';
import type { StandInRequest } from '#server/testing/verbex/faults.ts';
import type { Caller } from '../../http.ts';
import type { RunningServer } from '../../server.ts';
import { atDatabase } from '../at-database.ts';
import { count, seconds, type Report } from '../proof.ts';
import { newSecret, openAccount, type Account } from './account.ts';
import { told, wait } from './settle.ts';
import type { Sizes } from './sizes.ts';

const A_PAGE = 100;
const WITHIN_MS = 60_000;

const untilOver = async <T>(api: Caller, path: string, isOver: (answer: T) => boolean): Promise<T> => {
  for (;;) {
    const answer = await api.get<T>(path);
    if (isOver(answer)) return answer;
    await wait(100);
  }
};

const preview = async (api: Caller, { connectionId }: Account): Promise<ConnectionImport> => {
  const path = `/v1/connections/${connectionId}/import`;
  const { plan_id: id } = await api.send<ConnectionImport>('POST', `${path}/preview`, {});
  return untilOver(api, `${path}/${id}`, ({ state }) => state === 'ready' || state === 'failed');
};

const run = async (api: Caller, { connectionId }: Account, plan: ConnectionImport): Promise<BulkJob> => {
  const path = `/v1/connections/${connectionId}/import`;
  const job = await api.send<BulkJob>('POST', path, { plan_id: plan.plan_id });
  return untilOver(api, `/v1/bulk-jobs/${job.bulk_job_id}`, ({ ended_at: at }) => at !== null);
};

/** All that is asked while something is done. */
const askedWhile = async ({ verbex }: Account, does: () => Promise<void>): Promise<StandInRequest[]> => {
  const before = verbex.requests.length;
  await does();
  return verbex.requests.slice(before);
};

/** What an import must not ask, and must not ask more often. */
export const wrongRequests = (
  requests: readonly Pick<StandInRequest, 'method' | 'path'>[],
  numbers: number,
): string[] => {
  const writes = requests.filter(({ method }) => method !== 'GET');
  const lists = requests.filter(({ path }) => /^\/v1\/phone-numbers\/?$/.test(path));
  const most = Math.ceil(numbers / A_PAGE) + 1;
  return [
    ...writes.map(({ method, path }) => `${method} ${path}`),
    ...(lists.length <= most ? [] : [`${lists.length} lists, ${most} would do`]),
  ];
};

/** How many numbers there are, and of all their versions together. */
const look = (server: RunningServer): Promise<string> =>
  atDatabase(server, async (database) => {
    const [row] = await database.query<{ seen: string }>(
      `select concat(count(*), ' numbers, versions ', sum(version)) as seen
         from phone_number where friendly_name like 'Imported %'`,
    );
    return row?.seen ?? '';
  });

/** A whole account is imported with nothing but reading, and imported again changes nothing. */
export const importWhole = async (
  report: Report,
  { server, api }: { server: RunningServer; api: Caller },
  { imported, judgesTimes }: Sizes,
): Promise<void> => {
  const account = await openAccount(api, 'clear');
  const { verbex } = account;
  for (let at = 0; at < imported; at++)
    verbex.addNumber({
      phone_number: `+1303${String(2_000_000 + at)}`,
      provider: 'sip',
      friendly_name: `Imported ${at}`,
      sip_termination_uri: 'trunk.example',
      sip_trunk_username: 'u',
      sip_trunk_password: newSecret(),
    });
  let tookMs = 0;
  let first: BulkJob | undefined;
  const asked = await askedWhile(account, async () => {
    const startedAt = performance.now();
    first = await run(api, account, await preview(api, account));
    tookMs = performance.now() - startedAt;
  });
  const wrong = wrongRequests(asked, imported);
  const done = first?.counts;
  report.check(
    `an account of ${count(imported)} numbers is imported with nothing but reading`,
    wrong.length === 0 && first?.state === 'done' && done?.done === imported && done.refused === 0,
    told(wrong, `${asked.length} requests, ${count(done?.created ?? 0)} numbers`),
  );
  report.check(
    `in ${seconds(WITHIN_MS)} at most, at the account’s own pace`,
    tookMs <= WITHIN_MS || !judgesTimes,
    seconds(tookMs),
  );
  const before = await look(server);
  let again: ConnectionImport | undefined;
  let second: BulkJob | undefined;
  const askedAgain = await askedWhile(account, async () => {
    again = await preview(api, account);
    second = await run(api, account, again);
  });
  const after = await look(server);
  const { counts } = again ?? {};
  const changed = (second?.counts.created ?? 0) + (second?.counts.changed ?? 0);
  report.check(
    'imported again it changes nothing',
    counts?.same === imported &&
      changed === 0 &&
      before === after &&
      wrongRequests(askedAgain, imported).length === 0,
    `${count(counts?.same ?? 0)} the same, ${changed} changed`,
  );

  report.control(
    'an import that writes there',
    wrongRequests([{ method: 'PATCH', path: '/v1/phone-numbers/1' }], 1).length === 1,
  );
  report.control(
    'an import that asks for each number',
    wrongRequests(
      Array.from({ length: imported }, () => ({ method: 'GET', path: '/v1/phone-numbers' })),
      imported,
    ).length === 1,
  );
  const [one] = verbex.state.numbers.values();
  if (one !== undefined) one.friendly_name = 'Otherwise';
  const third = await preview(api, account);
  report.control('a number that is not the same any more', third.counts.different === 1);
  await verbex.close();
};
