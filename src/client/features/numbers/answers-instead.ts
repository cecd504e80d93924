import type { QueryClient } from '@tanstack/react-query';
import type { Hours } from '#contract/business-hours.ts';
import type { Destination } from '#contract/numbers/destination.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { zoneOfNumber } from '#routing/number-zone.ts';
import { timeline } from '#routing/timeline.ts';
import { destinationWords, type NameOf } from '#routing/words/words.ts';
import { DAY_MS, localAt, offsetAt } from '#routing/zone.ts';
import { timeText } from '#client/components/date/moment-words.ts';
import { ownZone } from '#client/components/time-zone/time-zones.ts';
import { businessHoursQuery } from '#client/features/business-hours/queries.ts';
import { untilWords } from '#client/features/business-hours/until-words.ts';

const AHEAD_DAYS = 14;

const actWords = (destination: Destination, nameOf: NameOf): string => {
  switch (destination.type) {
    case 'forward':
      return `calls are forwarded to ${destination.to}`;
    case 'reject':
      return 'calls are declined';
    case 'message':
      return 'a message answers';
    case 'split':
      return `${destinationWords(destination, nameOf)} answer`;
    default:
      return `${destinationWords(destination, nameOf)} answers`;
  }
};

/**
 * What becomes of calls now where the inbound agent does not get them: `voicemail answers until 09:00`; null
 * where it does. Of the caller nothing is known. A zone that is not the reader's is named.
 */
export const insteadWords = (
  record: PhoneNumber,
  hours: Hours | null,
  nameOf: NameOf,
  now: number,
  own: string,
): string | null => {
  const ends = now + AHEAD_DAYS * DAY_MS;
  const [first] = timeline(record, hours, now, ends);
  if (first === undefined) return null;
  const { destination, decidedBy, agentId } = first.decision;
  const isStandIn = decidedBy === 'inbound_agent';
  if (isStandIn && agentId === record.inbound_agent_id) return null;
  const act =
    isStandIn && agentId !== null
      ? `${nameOf(agentId) ?? 'another agent'} stands in`
      : actWords(destination, nameOf);
  if (first.to >= ends) return act;
  const zone = zoneOfNumber(hours, record.country, own);
  const place = offsetAt(zone, first.to) === offsetAt(own, first.to) ? '' : ` in ${zone}`;
  // Within a day its time is enough.
  const until =
    first.to - now < DAY_MS ? `until ${timeText(localAt(zone, first.to))}` : untilWords(zone, now, first.to);
  return `${act} ${until}${place}`;
};

const WAIT_MS = 1500;

/** The same of a number that was just saved. Said in passing: hours that do not come soon are not waited for. */
export const answersInstead = async (
  client: QueryClient,
  record: PhoneNumber,
  nameOf: NameOf,
): Promise<string | null> => {
  const id = record.routing?.business_hours_id ?? null;
  const tooLate = new Promise<null>((resolve) => setTimeout(() => resolve(null), WAIT_MS));
  const all = id === null ? [] : await Promise.race([client.ensureQueryData(businessHoursQuery), tooLate]);
  if (all === null) return null;
  const hours = all.find(({ business_hours_id }) => business_hours_id === id) ?? null;
  return insteadWords(record, hours, nameOf, Date.now(), ownZone());
};
