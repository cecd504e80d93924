import { callDefaults, callHandlingNames } from '#contract/numbers/call-defaults.ts';
import { partLabels } from '#contract/numbers/fields.ts';
import type { BlockedCaller, CallHandling, CallHandlingName } from '#contract/numbers/call-handling.ts';
import type { ChangeWords } from './change-words.ts';
import { weekWords } from './hours-words.ts';
import { durationWords, isSame, listChangeWords } from './value-words.ts';

type Preferences = { [N in CallHandlingName]: CallHandling[N] };
type Writers = { [N in CallHandlingName]: (value: NonNullable<CallHandling[N]>) => string };

const recordings = { off: 'off', inbound: 'inbound calls', outbound: 'outbound calls', both: 'all calls' };
const machineActions = { hangup: 'hang up', leave_message: 'leave a message', continue: 'continue' };
const countries = (codes: readonly string[]) => (codes.length === 0 ? 'all' : codes.join(', '));

const writers: Writers = {
  max_duration_seconds: durationWords,
  ring_timeout_seconds: durationWords,
  silence_timeout_seconds: durationWords,
  max_concurrent_calls: (count) => `at most ${count}`,
  recording: (which) => recordings[which],
  announce_recording: (isAnnounced) => (isAnnounced ? 'yes' : 'no'),
  voicemail_detection: ({ enabled, action }) => (enabled ? `on, ${machineActions[action]}` : 'off'),
  inbound_countries: countries,
  outbound_countries: countries,
  blocked_callers: (callers) => (callers.length === 0 ? 'none' : `${callers.length}`),
  caller_id_name: (name) => `“${name}”`,
  outbound_window: ({ time_zone: zone, weekly }) => `${weekWords(weekly)} in ${zone}`,
};

const unlimited: Partial<Record<CallHandlingName, string>> = {
  max_concurrent_calls: 'no limit',
  caller_id_name: 'no name',
  outbound_window: 'any time',
};

const write = <N extends CallHandlingName>(name: N, value: NonNullable<CallHandling[N]>): string =>
  writers[name](value);

/** A preference in words; null is the default, which is said. */
export const preferenceWords = <N extends CallHandlingName>(name: N, value: CallHandling[N]): string => {
  if (value !== null) return write(name, value);
  const standard: CallHandling[N] = callDefaults[name];
  return `default (${standard === null ? (unlimited[name] ?? 'none') : write(name, standard)})`;
};

const callerOf = (caller: BlockedCaller): string =>
  'number' in caller ? caller.number : `${caller.prefix}*`;

const blockedChange = (before: readonly BlockedCaller[], after: readonly BlockedCaller[]): string | null => {
  const had = new Map(before.map((caller) => [callerOf(caller), caller]));
  const changed = after
    .map(callerOf)
    .filter((name, at) => had.has(name) && !isSame(had.get(name), after[at]));
  return listChangeWords(before.map(callerOf), after.map(callerOf), changed);
};

// Longer lists are told by what came and what went.
const READ_TWICE = 6;

const listChange = (name: CallHandlingName, before: Preferences, after: Preferences): string | null => {
  if (name === 'blocked_callers')
    return blockedChange(before.blocked_callers ?? [], after.blocked_callers ?? []);
  if (name !== 'inbound_countries' && name !== 'outbound_countries') return null;
  const [old, now] = [before[name] ?? [], after[name] ?? []];
  return Math.min(old.length, now.length) > 0 && Math.max(old.length, now.length) > READ_TWICE
    ? listChangeWords(old, now)
    : null;
};

const allDefault = Object.fromEntries(callHandlingNames.map((name) => [name, null])) as Preferences;

/** Null is call handling in which every default holds; so is a preference that is absent. */
export const callHandlingChanges = (
  before: Partial<CallHandling> | null,
  after: Partial<CallHandling> | null,
): ChangeWords[] => {
  const [old, now] = [
    { ...allDefault, ...before },
    { ...allDefault, ...after },
  ];
  return callHandlingNames.flatMap((name): ChangeWords[] => {
    if (isSame(old[name], now[name])) return [];
    const line = { id: name, name: partLabels.call_handling[name] };
    const summary = listChange(name, old, now);
    if (summary !== null) return [{ ...line, before: null, after: null, summary }];
    return [{ ...line, before: preferenceWords(name, old[name]), after: preferenceWords(name, now[name]) }];
  });
};
