import type { ApiKey } from '#contract/api-keys.ts';
import { NEAR_END_DAYS } from '#contract/key-days.ts';
import { plural } from '#client/lib/words/format.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

type Life = Pick<ApiKey, 'expires_at' | 'revoked_at'>;

const timeLeft = ({ expires_at, revoked_at }: Life, now: number) => {
  if (revoked_at !== null) return 0;
  return expires_at === null ? Infinity : Date.parse(expires_at) - now;
};

export const isLive = (key: Life, now = Date.now()): boolean => timeLeft(key, now) > 0;

/** A live key whose successor should be made by now. */
export const endsSoon = (key: Life, now = Date.now()): boolean =>
  isLive(key, now) && timeLeft(key, now) <= NEAR_END_DAYS * DAY_MS;

/** `ends in 9 days`, `ends in 5 h`; never more than is left. */
export const endWords = (key: Life, now = Date.now()): string => {
  const left = timeLeft(key, now);
  if (left >= DAY_MS) return `ends in ${plural(Math.floor(left / DAY_MS), 'day')}`;
  return `ends in ${left >= HOUR_MS ? `${Math.floor(left / HOUR_MS)} h` : `${Math.max(1, Math.floor(left / MINUTE_MS))} min`}`;
};
