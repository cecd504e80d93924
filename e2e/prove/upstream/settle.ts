import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import type { PendingChangeList } from '#contract/connections/links.ts';
import type { Caller } from '../../http.ts';

export const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export const linkOf = async (api: Caller, id: string) =>
  (await api.get<PhoneNumber>(`/v1/phone-numbers/${id}`)).links[0];

export const countWaiting = async (api: Caller, connectionId: string): Promise<number> =>
  (
    await api.get<PendingChangeList>(
      `/v1/pending-changes?page_size=1&connection_id=${encodeURIComponent(connectionId)}`,
    )
  ).total_count;

/** Once it stands: it is there, or somebody must decide. */
export const settledLink = async (api: Caller, id: string) => {
  for (let waitedMs = 0; ; waitedMs += 50) {
    const link = await linkOf(api, id);
    if (link === undefined || !['pending', 'retrying'].includes(link.state) || waitedMs > 60_000) return link;
    await wait(50);
  }
};

/** Until nothing waits any more, or the time is over; milliseconds, null where something still waits. */
export const whenNothingWaits = async (
  api: Caller,
  connectionIds: readonly string[],
  withinMs: number,
): Promise<number | null> => {
  const startedAt = performance.now();
  for (;;) {
    let waiting = 0;
    // One after another: nobody has many of these at once.
    for (const id of connectionIds) if (waiting === 0) waiting = await countWaiting(api, id);
    const tookMs = performance.now() - startedAt;
    if (waiting === 0) return tookMs;
    if (tookMs > withinMs) return null;
    await wait(100);
  }
};

export const told = (problems: readonly string[], seen: string) =>
  problems.length === 0 ? seen : `${problems.length}: ${problems.slice(0, 3).join('; ')}`;
