import type { BusinessHoursCreate } from '#contract/business-hours.ts';
import { MAX_COUNTRIES, type BlockedCaller, type CallHandling } from '#contract/numbers/call-handling.ts';
import type { Provider } from '#contract/numbers/choices.ts';
import { fieldNames, fieldOf, fields, hasField, type FieldName } from '#contract/numbers/fields.ts';
import { MAX_BLOCKED_CALLERS, MAX_RULES } from '#contract/numbers/limits.ts';
import type { PhoneNumberCreate } from '#contract/numbers/phone-numbers.ts';
import { MAX_ENTRIES, type Routing, type TemporaryReassignment } from '#contract/numbers/routing.ts';
import { type Destination } from '#contract/numbers/destination.ts';

// Bodies that are full to every limit of the contract, as they are stored: sent, read and sent back they are
// the same.

const several = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));

/**
 * So many characters, the last of which tell one text from another. A face is two UTF-16 units, and one
 * character.
 */
const faces = (characters: number, at = 0): string => {
  const mark = String(at).padStart(4, '0');
  return '\u{1f642}'.repeat(characters - mark.length) + mark;
};

const number = (at: number) => `+88017${String(at).padStart(10, '0')}`;
const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const between = (at: number) => ({ start: clock(at * 20), end: clock(at * 20 + 20) });
const AT = '2099-12-31T23:59:59.999Z';

const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
const letters = several(26, (at) => String.fromCodePoint(65 + at));
const countries = letters
  .flatMap((first) => letters.map((second) => first + second))
  .filter((code) => regions.of(code) !== undefined)
  .slice(0, MAX_COUNTRIES);

const weekly = several(70, (at) => ({ days: [1, 2, 3, 4, 5, 6, 7], ...between(at) }));

/** Every rule says as much as one can: a message, or, for the most values, a split. */
export const largestRouting = (destination: Destination, businessHoursId: string | null): Routing => ({
  business_hours_id: businessHoursId,
  rules: several(MAX_RULES, (rule) => ({
    id: `rule-${rule}`.padEnd(64, 'x'),
    name: faces(80, rule),
    enabled: true,
    when: {
      hours: 'exception',
      caller_countries: null,
      caller_prefixes: null,
      caller_in: several(MAX_ENTRIES / MAX_RULES, (at) => number(rule * MAX_RULES + at)),
      anonymous: false,
    },
    destination,
  })),
  fallback: destination,
});

export const largestMessage: Destination = { type: 'message', text: faces(2000) };

export const largestCallHandling: CallHandling = {
  max_duration_seconds: 43_200,
  ring_timeout_seconds: 300,
  silence_timeout_seconds: 600,
  max_concurrent_calls: 10_000,
  recording: 'outbound',
  announce_recording: false,
  voicemail_detection: { enabled: false, action: 'leave_message' },
  inbound_countries: countries,
  outbound_countries: countries,
  blocked_callers: several(MAX_BLOCKED_CALLERS, (at): BlockedCaller => ({
    number: number(at),
    reason: faces(120, at),
    expires_at: AT,
  })),
  caller_id_name: faces(60),
  outbound_window: { time_zone: 'America/Argentina/Buenos_Aires', weekly },
};

const standIn = (agentId: string): TemporaryReassignment => ({
  agent_id: agentId,
  direction: 'outbound',
  starts_at: '2099-01-01T00:00:00.000Z',
  ends_at: AT,
});

type FreeName = {
  [N in FieldName]: (typeof fields)[N] extends { kind: 'name' | 'login' | 'prose' | 'credential' }
    ? N
    : never;
}[FieldName];
const isFree = (name: FieldName): name is FreeName =>
  ['name', 'login', 'prose', 'credential'].includes(fields[name].kind);
const largestTexts = (provider: Provider) =>
  Object.fromEntries(
    fieldNames
      .filter((name) => hasField(provider, name) && isFree(name))
      .map((name) => [name, faces(fieldOf(name).maxLength ?? 0)]),
  ) as Record<FreeName, string>;

/** The largest number of all: the type demands a value for every field there is. */
export const largestPhoneNumber = (
  phoneNumber: string,
  agentId: string,
  businessHoursId: string,
): Required<Extract<PhoneNumberCreate, { provider: 'sip' }>> => ({
  phone_number: phoneNumber,
  provider: 'sip',
  ...largestTexts('sip'),
  inbound_agent_id: agentId,
  outbound_agent_id: agentId,
  sip_termination_uri: `sip:${'u'.repeat(128)}@${'h'.repeat(62)}.${'h'.repeat(35)}:65535;transport=tcp`,
  sip_caller_format: 'international',
  sip_infra_region: 'bd_link3',
  labels: several(32, (at) => faces(40, at)),
  metadata: Object.fromEntries(
    several(64, (at) => [`key-${String(at).padStart(2, '0')}`.padEnd(64, 'k'), faces(500, at)]),
  ),
  routing: largestRouting(largestMessage, businessHoursId),
  call_handling: largestCallHandling,
  temporary_reassignment: standIn(agentId),
});

export const largestHours: BusinessHoursCreate = {
  name: faces(80),
  time_zone: 'America/Argentina/Buenos_Aires',
  weekly,
  exceptions: several(100, (at) => ({
    name: faces(80, at),
    start_date: `20${String(at).padStart(2, '0')}-12-24`,
    end_date: `20${String(at).padStart(2, '0')}-12-31`,
    every_year: false,
    intervals: several(10, between),
  })),
};

/** The most values that a body can hold: splits over twenty agents, and hours that are not saved. */
export const largestPreview = (agentIds: readonly string[]) => ({
  // A caller that can be read, behind a long name.
  from: `"${'a'.repeat(1024 - 33)}" <sip:+14155552671@pbx.example>`,
  to: 'a'.repeat(1024),
  direction: 'inbound',
  at: AT,
  time_zone: 'America/Argentina/Buenos_Aires',
  inbound_agent_id: agentIds[0],
  outbound_agent_id: agentIds[0],
  routing: largestRouting(
    { type: 'split', agents: several(20, (at) => ({ agent_id: agentIds[at] ?? '', weight: 1000 })) },
    null,
  ),
  call_handling: largestCallHandling,
  temporary_reassignment: standIn(agentIds[0] ?? ''),
  business_hours: largestHours,
});

/** The same JSON with every character of every key and text as an escape, as some libraries write it. */
export const escaped = (value: unknown): string =>
  JSON.stringify(value).replaceAll(/"((?:[^"\\]|\\.)*)"/g, (quoted) => {
    const text = JSON.parse(quoted) as string;
    return `"${several(text.length, (at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')}"`;
  });
