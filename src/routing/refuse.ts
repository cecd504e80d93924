import type { Hours } from '#contract/business-hours.ts';
import type { BlockedCaller, CallHandling } from '#contract/numbers/call-handling.ts';
import type { Call, Outcome } from './call.ts';
import { hoursAt } from './hours.ts';
import { unknownCaller, beginsWith, nameOnLists, type Party } from './match.ts';
import { momentWithZone } from '#routing/words/words.ts';

/* The calls that a number's call handling declines, whatever its rules say. */

type Handling = Partial<CallHandling> | null;

const declined = (decidedBy: Outcome['decidedBy']): Outcome => ({
  destination: { type: 'reject', reason: 'declined' },
  decidedBy,
});

const isBlockedBy = (blocked: BlockedCaller, party: Party, at: number): boolean => {
  if ('number' in blocked ? blocked.number !== nameOnLists(party) : !beginsWith(party, blocked.prefix))
    return false;
  return blocked.expires_at === null || Date.parse(blocked.expires_at) > at;
};

const isShutOut = (countries: readonly string[], party: Party): boolean =>
  countries.length > 0 &&
  party !== unknownCaller &&
  (party.country === null || !countries.includes(party.country));

const originWords = (
  {
    number,
    country,
    isAnonymous,
    isCountryOfCode,
  }: Pick<Party, 'number' | 'country' | 'isAnonymous' | 'isCountryOfCode'>,
  someone: string,
): string => {
  if (isAnonymous) return 'The caller withholds the number, and so is of no country';
  if (country === null) return `${number ?? someone} is of no known country`;
  return `${number ?? someone} ${isCountryOfCode ? 'counts as' : 'is'} from ${country}`;
};

/** Blocked callers, and countries that may not call. Null where the call may go on. */
export const refuseInbound = ({ party, at }: Call, handling: Handling, reasons: string[]): Outcome | null => {
  const name = nameOnLists(party);
  const blocked =
    name === null ? undefined : handling?.blocked_callers?.find((each) => isBlockedBy(each, party, at));
  if (blocked) {
    const because = blocked.reason === null ? '' : ` (${blocked.reason})`;
    reasons.push(`${name} is blocked${because}. The call is declined.`);
    return declined('blocked_caller');
  }
  const countries = handling?.inbound_countries ?? [];
  if (!isShutOut(countries, party)) return null;
  reasons.push(
    `${originWords(party, 'The caller')}; only ${countries.join(', ')} may call. The call is declined.`,
  );
  return declined('inbound_countries');
};

/** Countries that may not be called, and hours at which nobody may. Null where the call may be made. */
export const refuseOutbound = (
  { party, at }: Call,
  handling: Handling,
  reasons: string[],
): Outcome | null => {
  const countries = handling?.outbound_countries ?? [];
  if (isShutOut(countries, party)) {
    reasons.push(
      `${originWords({ number: party.number, country: party.country, isAnonymous: false }, 'Whoever is called')}; only ${countries.join(', ')} may be called. The call is not made.`,
    );
    return declined('outbound_countries');
  }
  const window = handling?.outbound_window ?? null;
  if (window === null || hoursAt(windowHours(window), at).isOpen) return null;
  reasons.push(
    `It is ${momentWithZone(window.time_zone, at)}, outside the outbound window. The call is not made.`,
  );
  return declined('outbound_window');
};

const windows = new WeakMap<object, Hours>();
/** The outbound window as hours, the same object each time, so that it is compiled once. */
const windowHours = (window: NonNullable<CallHandling['outbound_window']>): Hours => {
  const known = windows.get(window);
  if (known) return known;
  const made = { name: 'Outbound window', exceptions: [], ...window };
  windows.set(window, made);
  return made;
};
