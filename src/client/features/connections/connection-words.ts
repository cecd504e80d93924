import type { Connection, ConnectionKindName } from '#contract/connections/connections.ts';
import { endsSoon, endWords } from '#client/features/api-keys/key-life.ts';
import { calendarDate, formatCount } from '#client/lib/words/format.ts';

export const kindNames: Record<ConnectionKindName, string> = { verbex: 'Verbex' };

/** When each kind is the right one. */
export const kindAbouts: Record<ConnectionKindName, string> = {
  verbex: 'The voice platform: its agents answer your numbers.',
};

export const kindAddresses: Record<ConnectionKindName, string> = { verbex: 'https://api.verbex.ai' };

export const roleNames: Record<Connection['role'], string> = { platform: 'platform', carrier: 'carrier' };

export type Tone = 'ok' | 'harm' | 'quiet';

/** The state in a word or two, and how it looks. */
export const stateWords = ({ state, paused }: Pick<Connection, 'state' | 'paused'>): [string, Tone] => {
  if (paused) return ['Paused', 'quiet'];
  if (state === 'ok') return ['Answering', 'ok'];
  if (state === 'refused') return ['Refused', 'harm'];
  return state === 'unreachable' ? ['Not reached', 'harm'] : ['Not checked yet', 'quiet'];
};

// A check asks for as many, and no more.
const MOST_SEEN = 100;

export const numbersWords = ({ numbers_seen: seen }: Pick<Connection, 'numbers_seen'>): string | null => {
  if (seen === null) return null;
  return seen >= MOST_SEEN ? `${formatCount(seen)} or more` : formatCount(seen);
};

/** When the key ends, and whether its successor should be made by now; null where nobody says it. */
export const keyEnd = (
  { key_expires_at: end }: Pick<Connection, 'key_expires_at'>,
  now: number,
): { words: string; isSoon: boolean } | null => {
  if (end === null) return null;
  const life = { expires_at: end, revoked_at: null };
  if (Date.parse(end) <= now) return { words: 'has ended', isSoon: true };
  return endsSoon(life, now)
    ? { words: endWords(life, now), isSoon: true }
    : { words: `ends ${calendarDate(end, now)}`, isSoon: false };
};
