import type { BusinessHours, HoursException } from './business-hours.ts';
import {
  MAX_EXCEPTIONS,
  MAX_HOURS_NAME,
  MAX_INTERVALS_A_DAY,
  MAX_INTERVALS_A_WEEK,
} from './business-hours.ts';
import {
  MAX_BLOCK_REASON,
  MAX_CALLER_ID_NAME,
  MAX_COUNTRIES,
  type CallHandling,
} from '#contract/numbers/call-handling.ts';
import type { Interval, WeeklyInterval } from './clock-times.ts';
import { MAX_METADATA_KEY, MAX_METADATA_KEYS, MAX_METADATA_VALUE } from '#contract/numbers/metadata.ts';
import { providerList, type Provider } from '#contract/numbers/choices.ts';
import {
  credentialsOf,
  fieldNames,
  fieldOf,
  hasField,
  type FieldName,
  type WholeName,
} from '#contract/numbers/fields.ts';
import { MAX_BLOCKED_CALLERS, MAX_LABEL, MAX_LABELS, MAX_RULES } from '#contract/numbers/limits.ts';
import type { RoutePreviewRequest } from '#contract/numbers/route.ts';
import {
  MAX_ENTRIES,
  MAX_RULE_NAME,
  type Conditions,
  type Routing,
  type Rule,
  type TemporaryReassignment,
} from '#contract/numbers/routing.ts';
import { MAX_PROMPT } from '#contract/numbers/destination.ts';
import { MAX_TIME_ZONE } from '#contract/reading/time-zones.ts';

/*
 * How many bytes the largest bodies have that the contract allows, each character written as an escape: what
 * any library makes of a record that is full to its limits fits. The types demand a size for every field
 * there is.
 */

const KIB = 1024;
const BYTES_A_CHARACTER = '\\ud83d\\ude00'.length;
const BYTES_A_LETTER = '\\u0041'.length;

/** What people write, in any script. */
const text = (characters: number) => characters * BYTES_A_CHARACTER + 2;
/** What has the letters and digits of ASCII alone. */
const word = (letters: number) => letters * BYTES_A_LETTER + 2;
const list = (count: number, item: number) => count * (item + 1) + 2;
const object = <T>(values: Record<keyof T & string, number>) =>
  Object.entries<number>(values).reduce((sum, [key, value]) => sum + word(key.length) + value + 2, 2);

const ID = word(64);
const INSTANT = word(40);
const NUMBER = word(64);
const DATE = word(10);
const CLOCK_TIME = word(5);
const SMALL = 12;

// The largest destination: a split over 20 agents is less than half of it.
const destination = object<{ type: string; greeting: string }>({ type: word(9), greeting: text(MAX_PROMPT) });
const rule = object<Rule>({
  id: ID,
  name: text(MAX_RULE_NAME),
  enabled: SMALL,
  when: object<Conditions>({
    hours: word(9),
    caller_countries: 2,
    caller_prefixes: 2,
    caller_in: 2,
    anonymous: SMALL,
  }),
  destination,
});
// All rules share the entries.
const routing = object<Routing>({
  business_hours_id: ID,
  rules: list(MAX_RULES, rule) + MAX_ENTRIES * (NUMBER + 1),
  fallback: destination,
});

const interval = object<Interval>({ start: CLOCK_TIME, end: CLOCK_TIME });
const weekly = list(
  MAX_INTERVALS_A_WEEK,
  object<WeeklyInterval>({ days: list(7, 1), start: CLOCK_TIME, end: CLOCK_TIME }),
);
const countries = list(MAX_COUNTRIES, word(2));
const blocked = object<{ number: string; reason: string; expires_at: string }>({
  number: NUMBER,
  reason: text(MAX_BLOCK_REASON),
  expires_at: INSTANT,
});
const callHandling = object<CallHandling>({
  max_duration_seconds: SMALL,
  ring_timeout_seconds: SMALL,
  silence_timeout_seconds: SMALL,
  max_concurrent_calls: SMALL,
  recording: word(8),
  announce_recording: SMALL,
  voicemail_detection: object<NonNullable<CallHandling['voicemail_detection']>>({
    enabled: SMALL,
    action: word(13),
  }),
  inbound_countries: countries,
  outbound_countries: countries,
  blocked_callers: list(MAX_BLOCKED_CALLERS, blocked),
  caller_id_name: text(MAX_CALLER_ID_NAME),
  outbound_window: object<NonNullable<CallHandling['outbound_window']>>({
    time_zone: word(MAX_TIME_ZONE),
    weekly,
  }),
});
const reassignment = object<TemporaryReassignment>({
  agent_id: ID,
  direction: word(8),
  starts_at: INSTANT,
  ends_at: INSTANT,
});

const wholes: Record<WholeName, number> = {
  labels: list(MAX_LABELS, text(MAX_LABEL)),
  // Twice the keys: those that a patch removes.
  metadata:
    list(MAX_METADATA_KEYS, word(MAX_METADATA_KEY) + 1 + text(MAX_METADATA_VALUE)) +
    list(MAX_METADATA_KEYS, word(MAX_METADATA_KEY) + 5),
  routing,
  call_handling: callHandling,
  temporary_reassignment: reassignment,
};

const sizeOf = (name: FieldName): number => {
  const { kind, maxLength = 0 } = fieldOf(name);
  if (kind === 'whole') return wholes[name as WholeName];
  if (kind === 'agent') return ID;
  return kind === 'word' ? word(maxLength) : text(maxLength);
};

// With what cannot be changed: a record that was read may be sent back whole.
const given = {
  _id: ID,
  phone_number: NUMBER,
  phone_number_international: NUMBER,
  country: word(2),
  provider: word(8),
  version: SMALL,
};
const phoneNumberOf = (provider: Provider) => {
  const names = fieldNames.filter((name) => hasField(provider, name));
  const fingerprints = credentialsOf[provider].map((name) => [`${name}_fingerprint`, word(8)]);
  const values = Object.fromEntries([
    ...names.map((name) => [name, sizeOf(name)]),
    ...fingerprints,
  ]) as Record<string, number>;
  return object({ ...given, ...values, created_at: INSTANT, updated_at: INSTANT });
};
const phoneNumber = Math.max(...providerList.map(phoneNumberOf));

const exception = object<HoursException>({
  name: text(MAX_HOURS_NAME),
  start_date: DATE,
  end_date: DATE,
  every_year: SMALL,
  intervals: list(MAX_INTERVALS_A_DAY, interval),
});
const businessHours = object<Pick<BusinessHours, 'name' | 'time_zone' | 'weekly' | 'exceptions'>>({
  name: text(MAX_HOURS_NAME),
  time_zone: word(MAX_TIME_ZONE),
  weekly,
  exceptions: list(MAX_EXCEPTIONS, exception),
});

const preview = object<RoutePreviewRequest>({
  from: text(1024),
  to: text(1024),
  direction: word(8),
  at: INSTANT,
  time_zone: word(MAX_TIME_ZONE),
  inbound_agent_id: ID,
  outbound_agent_id: ID,
  routing,
  call_handling: callHandling,
  temporary_reassignment: reassignment,
  business_hours: businessHours,
});

const wholeKib = (bytes: number) => Math.ceil(bytes / KIB) * KIB;

/** In bytes, as they are sent. Where the table of endpoints says nothing else, `usual`. */
export const bodyLimits = {
  /** Anybody may send these. */
  signIn: 4 * KIB,
  route: 16 * KIB,
  usual: 16 * KIB,
  phoneNumber: wholeKib(phoneNumber),
  businessHours: wholeKib(businessHours),
  preview: wholeKib(preview),
} as const;

/** The longest text that a field may hold, in characters. Any is longer that has more bytes in a body. */
export const MAX_TEXT = Math.max(
  MAX_PROMPT,
  MAX_METADATA_VALUE,
  ...fieldNames.map((name) => fieldOf(name).maxLength ?? 0),
);
export const MAX_TEXT_BYTES = text(MAX_TEXT);
/** How many values one body may hold, and how deep in each other: more than any that the contract allows. */
export const MAX_BODY_VALUES = 16_000;
export const MAX_BODY_DEPTH = 16;
/** How many keys one object may have. */
export const MAX_OBJECT_KEYS = 256;
