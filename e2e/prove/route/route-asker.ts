import type { ProblemDetails } from '#contract/errors.ts';
import type { RouteAnswer } from '#contract/numbers/route.ts';
import type { Caller } from '../../http.ts';

/** One question to /v1/route. Instants are the wall's clock, which all of one machine share. */
export interface RouteSample {
  at: number;
  ms: number;
  status: number;
  /** The problem's code; empty for a decision. */
  code: string;
  /**
   * Of the number that was decided by, and up to when every change was taken into account; 0 for a refusal.
   */
  version: number;
  asOf: number;
}

/** A change that was answered: it committed between the two instants. */
export interface SavedChange {
  version: number;
  sentAt: number;
  savedAt: number;
}

export const ask = async (api: Caller, to: string): Promise<RouteSample> => {
  const at = Date.now();
  const from = performance.now();
  const answer = await api.request('POST', '/v1/route', { body: { to, from: '+14155552671' } });
  const said = answer.json<Partial<RouteAnswer & ProblemDetails>>();
  return {
    at,
    ms: performance.now() - from,
    status: answer.status,
    code: said.code ?? '',
    version: said.version ?? 0,
    asOf: said.data === undefined ? 0 : Date.parse(said.data.as_of),
  };
};

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Asks again and again until told to stop, as calls come in while something is wrong. */
export const keepAsking = (api: Caller, to: string, everyMs = 20) => {
  const asked: RouteSample[] = [];
  let isOver = false;
  const asking = (async () => {
    while (!isOver) {
      asked.push(await ask(api, to));
      await pause(everyMs);
    }
  })();
  return {
    asked,
    stop: async (): Promise<RouteSample[]> => {
      isOver = true;
      await asking;
      return asked;
    },
  };
};

/** What an answer takes that asks nobody: the noise of the machine. */
export const keepAskingHealth = (api: Caller) => {
  const took: { at: number; ms: number }[] = [];
  let isOver = false;
  const asking = (async () => {
    while (!isOver) {
      const [at, from] = [Date.now(), performance.now()];
      await api.request('GET', '/healthz');
      took.push({ at, ms: performance.now() - from });
      await pause(20);
    }
  })();
  return {
    since: (at: number): number =>
      took.reduce((most, each) => (each.at + each.ms >= at ? Math.max(most, each.ms) : most), 0),
    stop: async (): Promise<void> => {
      isOver = true;
      await asking;
    },
  };
};

export const write = async (api: Caller, id: string): Promise<SavedChange> => {
  const sentAt = Date.now();
  const { version } = await api.send<{ version: number }>('PATCH', `/v1/phone-numbers/${id}`, {
    friendly_name: `At ${sentAt} ${Math.random()}`,
  });
  return { version, sentAt, savedAt: Date.now() };
};

/** Writes now and then until told to stop; a write that fails is tried anew. */
export const keepWriting = (api: Caller, id: string, everyMs = 100) => {
  const written: SavedChange[] = [];
  let isOver = false;
  const writing = (async () => {
    while (!isOver) {
      const done = await write(api, id).catch(() => null);
      if (done) written.push(done);
      await pause(everyMs);
    }
  })();
  return {
    stop: async (): Promise<SavedChange[]> => {
      isOver = true;
      await writing;
      return written;
    },
  };
};

/**
 * Decisions that claim to know of all up to an instant, and do not know of a change that was saved before it.
 */
export const falseFreshness = (
  asked: readonly RouteSample[],
  written: readonly SavedChange[],
): RouteSample[] =>
  asked.filter(
    ({ status, version, asOf }) =>
      status === 200 && written.some((each) => each.version > version && each.savedAt < asOf),
  );

/**
 * For how long at most a decision ignored a change that had been answered when it was asked for, in
 * milliseconds.
 */
export const staleness = (asked: readonly RouteSample[], written: readonly SavedChange[]): number => {
  let most = 0;
  for (const { status, version, at } of asked) {
    if (status !== 200) continue;
    for (const each of written) if (each.version > version) most = Math.max(most, at - each.savedAt);
  }
  return most;
};

export const longestOf = (asked: readonly RouteSample[]): number =>
  asked.reduce((most, { ms }) => Math.max(most, ms), 0);

/** From an instant to the last decision after it. */
export const decidedFor = (asked: readonly RouteSample[], since: number): number =>
  asked.reduce(
    (most, { status, at }) => (status === 200 && at > since ? Math.max(most, at - since) : most),
    0,
  );

/** What was answered, as it is told in a line. */
export const tally = (asked: readonly Pick<RouteSample, 'status' | 'code'>[]): string => {
  const counts = new Map<string, number>();
  for (const { status, code } of asked)
    counts.set(`${status} ${code}`.trim(), (counts.get(`${status} ${code}`.trim()) ?? 0) + 1);
  return [...counts].map(([what, count]) => `${count} × ${what}`).join(', ');
};
