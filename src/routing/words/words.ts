import type { Hours } from '#contract/business-hours.ts';
import { timeOf } from '#contract/clock-times.ts';
import type { Conditions, Rule } from '#contract/numbers/routing.ts';
import type { Destination } from '#contract/numbers/destination.ts';
import type { HoursState } from '#routing/hours.ts';
import { DAY_MS, localAt, MINUTE_MS } from '#routing/zone.ts';

/* Routing in plain words: the same in the decision's reasons, the editor, the history and the findings. */

export type NameOf = (agentId: string) => string | undefined;

export const dayNames = [
  '',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;
export const monthNames = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
] as const;

const makeDayWords = (day: number): string => {
  const date = new Date(day * DAY_MS);
  return `${dayNames[((date.getUTCDay() + 6) % 7) + 1]} ${date.getUTCDate()} ${monthNames[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
};

const MAX_KNOWN = 400;
const knownDays = new Map<number, string>();

/** `Wednesday 25 Nov 2026` */
export const dayWords = (day: number): string => {
  const known = knownDays.get(day);
  if (known !== undefined) return known;
  const made = makeDayWords(day);
  if (knownDays.size >= MAX_KNOWN) knownDays.clear();
  knownDays.set(day, made);
  return made;
};

const clockTime = (local: number) => timeOf(Math.floor((((local % DAY_MS) + DAY_MS) % DAY_MS) / MINUTE_MS));

/** `Wednesday 25 Nov 2026, 10:30` as the zone's clock shows it. */
export const momentWords = (zone: string, at: number): string => {
  const local = localAt(zone, at);
  return `${dayWords(Math.floor(local / DAY_MS))}, ${clockTime(local)}`;
};

/** The same with the zone said: `Wednesday 25 Nov 2026, 10:30 in Asia/Dhaka`. */
export const momentWithZone = (zone: string, at: number): string => `${momentWords(zone, at)} in ${zone}`;

const quoted = (name: string) => `“${name}”`;

export const hoursWords = (hours: Hours, { isOpen, exception, interval }: HoursState, at: number): string => {
  const moment = `It is ${momentWithZone(hours.time_zone, at)}`;
  const by = exception ? `, by the exception ${quoted(exception.name)}` : '';
  const span = interval ? ` ${interval.start}–${interval.end}` : '';
  return `${moment}: ${quoted(hours.name)} is ${isOpen ? `open${span}` : 'closed'}${by}.`;
};

const listed = (words: readonly string[], most = 4): string => {
  const shown =
    words.length > most ? [...words.slice(0, most - 1), `${words.length - most + 1} more`] : words;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`;
};

/**
 * What a rule asks, after "When": `closed, and the caller is from BD or IN`; `a call comes` where it asks
 * nothing.
 */
export const conditionWords = (when: Conditions): string => {
  const {
    hours,
    caller_countries: countries,
    caller_prefixes: prefixes,
    caller_in: callers,
    anonymous,
  } = when;
  const parts: string[] = [];
  if (hours !== 'any') parts.push(hours === 'exception' ? 'on a holiday or exception day' : hours);
  if (countries?.length) parts.push(`the caller is from ${listed(countries)}`);
  if (prefixes?.length) parts.push(`the caller’s number begins with ${listed(prefixes)}`);
  if (callers?.length) parts.push(`the caller is ${listed(callers)}`);
  if (anonymous !== 'any')
    parts.push(anonymous ? 'the caller withholds the number' : 'the caller gives a number');
  if (parts.length === 0) return 'a call comes';
  return parts.length === 1 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')}, and ${parts.at(-1)}`;
};

const agentWords = (id: string, nameOf: NameOf) => nameOf(id) ?? `agent ${id}`;
const clipped = (text: string) => (text.length > 60 ? `${text.slice(0, 57).trimEnd()}…` : text);

/** Where a call goes: `Night agent`, `forward to +44 …`, `voicemail`. */
export const destinationWords = (destination: Destination, nameOf: NameOf): string => {
  switch (destination.type) {
    case 'agent':
      return agentWords(destination.agent_id, nameOf);
    case 'split': {
      const total = destination.agents.reduce((sum, { weight }) => sum + weight, 0);
      return destination.agents
        .map(
          ({ agent_id: id, weight }) => `${agentWords(id, nameOf)} ${Math.round((weight / total) * 100)} %`,
        )
        .join(', ');
    }
    case 'forward':
      return `forward to ${destination.to}`;
    case 'message':
      return `message ${quoted(clipped(destination.text))}`;
    case 'voicemail':
      return 'voicemail';
    case 'reject':
      return destination.reason === 'busy' ? 'reject as busy' : 'decline';
  }
};

/** A rule in plain words: `When closed → Night agent`. */
export const ruleWords = (
  { when, destination }: Pick<Rule, 'when' | 'destination'>,
  nameOf: NameOf,
): string => {
  const asked = conditionWords(when);
  const opening = when.hours === 'exception' ? asked.replace(/^o/, 'O') : `When ${asked}`;
  return `${opening} → ${destinationWords(destination, nameOf)}`;
};

/** `Rule 2, “Night”,` */
export const ruleName = ({ name }: Pick<Rule, 'name'>, place: number): string =>
  `Rule ${place + 1}${name === null ? '' : `, ${quoted(name)},`}`;
