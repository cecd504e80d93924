import type { Agent } from '#contract/agents.ts';
import type { BusinessHours } from '#contract/business-hours.ts';
import type { CallHandling } from '#contract/numbers/call-handling.ts';
import { fieldOf, isFieldName } from '#contract/numbers/fields.ts';
import type { Destination } from '#contract/numbers/destination.ts';
import type { Rule, TemporaryReassignment } from '#contract/numbers/routing.ts';
import { weekWords } from '#routing/words/hours-words.ts';
import { destinationWords, ruleWords } from '#routing/words/words.ts';
import { instantIn, momentText } from '#client/components/date/moment-words.ts';
import { callerFormatWords } from '#client/lib/words/caller-format.ts';
import { plural } from '#client/lib/words/format.ts';
import { faceOf } from '#client/features/numbers/agent-faces.ts';
import type { Conflict } from './stale-save.ts';

/** What the names in a value are looked up in. */
export interface Named {
  agents: ReadonlyMap<string, Agent> | undefined;
  hours: readonly BusinessHours[] | undefined;
  /** By whose clock moments are told. */
  zone: string;
}

const momentOf = (zone: string, instant: string): string => {
  const at = instantIn(instant);
  return at === null ? instant : momentText(zone, at);
};

const rulesWords = (rules: readonly Rule[], nameOf: (id: string) => string | undefined): string =>
  rules
    .map(
      (rule, at) =>
        `${at + 1}. ${rule.name === null ? '' : `${rule.name}: `}${ruleWords(rule, nameOf)}${rule.enabled ? '' : ' (off)'}`,
    )
    .join('\n');

const listWords = (list: readonly unknown[]): string =>
  list.every((entry) => typeof entry === 'string')
    ? list.join(', ')
    : plural(list.length, 'entry', 'entries');

const objectWords = (value: object): string =>
  Object.entries(value)
    .map(
      ([name, part]: [string, unknown]) =>
        `${name.replaceAll('_', ' ')} ${Array.isArray(part) ? listWords(part) : String(part)}`,
    )
    .join(', ');

/** One side of a conflict, as people read it. */
export const shownValue = ({ field }: Conflict, value: unknown, { agents, hours, zone }: Named): string => {
  const nameOf = (id: string) => faceOf(agents, id).name;
  if (isFieldName(field) && fieldOf(field).kind === 'agent')
    return faceOf(agents, value as string | null).name;
  if (value === null || value === undefined || value === '')
    return field.startsWith('call_handling.') ? 'the default' : 'nothing';
  if (Array.isArray(value) && value.length === 0) return 'nothing';
  if (field === 'sip_caller_format') return callerFormatWords(value as string);
  if (field === 'routing.business_hours_id')
    return hours?.find(({ business_hours_id: id }) => id === value)?.name ?? 'missing hours';
  if (field === 'routing.rules') return rulesWords(value as Rule[], nameOf);
  if (field === 'routing.fallback') return destinationWords(value as Destination, nameOf);
  if (field === 'temporary_reassignment') {
    const { agent_id, direction, starts_at, ends_at } = value as TemporaryReassignment;
    return `${nameOf(agent_id)}, ${direction}, ${momentOf(zone, starts_at)} to ${momentOf(zone, ends_at)} in ${zone}`;
  }
  if (field === 'call_handling.outbound_window') {
    const { time_zone, weekly } = value as NonNullable<CallHandling['outbound_window']>;
    return `${weekWords(weekly)}, ${time_zone}`;
  }
  if (Array.isArray(value)) return listWords(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'object' ? objectWords(value) : String(value as string | number);
};
