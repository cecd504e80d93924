import type { Connection } from '#contract/connections/connections.ts';
import type { Link } from '#contract/connections/links.ts';
import { calendarDate, clockTime, relativeTime } from '#client/lib/words/format.ts';

export type Tone = 'ok' | 'quiet' | 'warn' | 'harm';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const STEP_MS = 10_000;

/** When the words about what was seen change within its first minute. */
export const seenTurns = (seenAt: string | null): number[] => {
  const at = seenAt === null ? Number.NaN : Date.parse(seenAt);
  return Number.isNaN(at) ? [] : [1, 2, 3, 4, 5, 6].map((step) => at + step * STEP_MS);
};

const seenWords = (seenAt: string, now: number): string => {
  const age = now - Date.parse(seenAt);
  return age >= STEP_MS && age < MINUTE_MS
    ? `${Math.floor(age / STEP_MS) * 10} s ago`
    : relativeTime(seenAt, now);
};

const momentWords = (instant: string, now: number): string =>
  Date.parse(instant) - now < DAY_MS ? clockTime(instant) : `${calendarDate(instant)}, ${clockTime(instant)}`;

const firstOf = (message: string | null, otherwise: string) => message ?? otherwise;

/** What a link is at this moment, and how that looks. `name` is that of its connection. */
export const linkWords = (
  { state, message, seen_at: seenAt, next_try_at: nextTryAt }: Link,
  { name, paused }: Pick<Connection, 'name' | 'paused'>,
  now: number,
): [words: string, tone: Tone] => {
  switch (state) {
    case 'synced':
      return [seenAt === null ? 'Synced' : `Synced ${seenWords(seenAt, now)}`, 'ok'];
    case 'pending':
    case 'retrying': {
      if (paused) return ['Waiting: the connection is paused', 'quiet'];
      if (state === 'pending' && nextTryAt !== null && Date.parse(nextTryAt) <= now)
        return ['Sending…', 'quiet'];
      if (nextTryAt === null || Date.parse(nextTryAt) <= now)
        return [state === 'pending' ? 'Waiting' : 'Trying again…', 'quiet'];
      return [`Waiting, next try ${momentWords(nextTryAt, now)}`, state === 'pending' ? 'quiet' : 'warn'];
    }
    case 'refused':
      return [`Refused: ${firstOf(message, `${name} does not take it`)}`, 'harm'];
    case 'conflict':
      return ['Changed here and there', 'harm'];
    case 'drift':
      return [`Changed on ${name}`, 'warn'];
    case 'held':
      return [`Held: ${firstOf(message, 'a credential is missing')}`, 'warn'];
    case 'gone':
      return [`Not on ${name} any more`, 'harm'];
  }
};

export const toneDots: Record<Tone, string> = {
  ok: 'bg-ok',
  quiet: 'bg-line-3',
  warn: 'bg-warn',
  harm: 'bg-harm',
};
export const toneText: Record<Tone, string> = {
  ok: 'text-ink-2',
  quiet: 'text-ink-2',
  warn: 'text-warn',
  harm: 'text-harm',
};

/** Whether pressing *Retry* can do something: it waits, or was not taken. */
export const mayRetry = ({ state }: Pick<Link, 'state'>): boolean =>
  ['pending', 'retrying', 'refused', 'held'].includes(state);
