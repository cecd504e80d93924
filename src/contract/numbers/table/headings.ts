import { fieldNames, fieldOf, isFieldName, type FieldName } from '#contract/numbers/fields.ts';
import { lookOf } from '#contract/reading/text.ts';
import { cellNameOf, columnLabel } from './table-columns.ts';

/** The fields that name an agent. */
export type AgentField = Extract<FieldName, 'inbound_agent_id' | 'outbound_agent_id'>;

/** What a column holds: a field's value, or an agent by its name. */
export type Target = 'phone_number' | 'provider' | FieldName | 'inbound_agent' | 'outbound_agent';

/** Of a target that names an agent, the field it is about. */
export const agentFieldOf = (target: Target): AgentField | null =>
  target === 'inbound_agent' || target === 'outbound_agent' ? `${target}_id` : null;

/** The field that a column fills. */
export const fieldOfTarget = (target: Target): 'phone_number' | 'provider' | FieldName =>
  agentFieldOf(target) ?? (target as FieldName);

const isCell = (name: FieldName) => fieldOf(name).csv !== 'lines';
const cellNames = fieldNames.filter(isCell);

export const targets: readonly Target[] = [
  'phone_number',
  'provider',
  ...cellNames,
  ...(cellNames.map(cellNameOf).filter((name) => !isFieldName(name)) as Target[]),
];

/** `Friendly Name`, `friendly_name` and `FriendlyName` are one. */
const keyOf = (heading: string): string =>
  lookOf(heading.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2'))
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

// What Twilio, Telnyx and most spreadsheets call them, beside our own names and labels.
const alsoCalled: Partial<Record<Target, readonly string[]>> = {
  phone_number: [
    'number',
    'phone',
    'phone no',
    'phone number e164',
    'telephone',
    'telephone number',
    'tel',
    'e164',
    'e 164',
    'e 164 number',
    'msisdn',
    'did',
    'did number',
    'ddi',
    'mobile',
    'mobile number',
    'incoming phone number',
  ],
  provider: ['number provider'],
  friendly_name: ['name', 'display name', 'title', 'description', 'customer reference'],
  inbound_agent: ['agent', 'agent name', 'inbound agent name', 'answered by'],
  outbound_agent: ['outbound agent name', 'dialled by', 'dialed by'],
  inbound_agent_id: ['agent id', 'ai agent id'],
  sip_termination_uri: [
    'termination uri',
    'trunk uri',
    'trunk host',
    'sip uri',
    'sip trunk',
    'sip host',
    'trunk',
  ],
  sip_trunk_username: ['username', 'user name', 'sip username', 'trunk user', 'auth username', 'login'],
  sip_trunk_password: ['password', 'sip password', 'auth password', 'secret'],
  sip_infra_region: ['region', 'infra region'],
  twilio_account_sid: ['account sid', 'twilio sid', 'twilio account'],
  twilio_auth_token: ['auth token', 'twilio token'],
  labels: ['label', 'tags', 'tag'],
  notes: ['note', 'comment', 'comments', 'remarks'],
  metadata: ['meta', 'custom fields'],
};

/** What people call what a column holds. */
export const targetLabel = (target: Target): string =>
  isFieldName(target) && fieldOf(target).kind !== 'agent' ? fieldOf(target).label : columnLabel(target);

// A label is a name of the column that people fill: the agent's, and not its id.
const namesOf = (target: Target): string[] => {
  const isIdOfAgent = isFieldName(target) && fieldOf(target).kind === 'agent';
  const label = isIdOfAgent ? `${fieldOf(target).label} id` : targetLabel(target);
  return [target, label, ...(alsoCalled[target] ?? [])];
};

interface Guess {
  target: Target;
  /** Of two headings that mean one thing the nearer counts: 0 is our own name. */
  distance: number;
}

const guesses: ReadonlyMap<string, Guess> = new Map(
  targets.flatMap((target) =>
    namesOf(target)
      .map((name, distance) => [keyOf(name), { target, distance }] as const)
      // Our own name says it best, wherever else it stands.
      .toReversed(),
  ),
);

/** What a heading means, as far as can be guessed. */
export const guessTarget = (heading: string): Guess | null => guesses.get(keyOf(heading)) ?? null;
