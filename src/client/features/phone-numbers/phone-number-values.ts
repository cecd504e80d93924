import { callHandlingNames } from '#contract/call-defaults.ts';
import type { CallHandling, CallHandlingName } from '#contract/call-handling.ts';
import type { PhoneNumber } from '#contract/phone-numbers.ts';
import type { Routing, TemporaryReassignment } from '#contract/routing.ts';
import { providers, type CredentialName, type Provider, type ProviderDefinition, type SettingName } from '#contract/providers.ts';

export interface MetadataRow {
  key: string;
  value: string;
}

/**
 * What the form holds: one shape for every provider, of which each shows and sends only its own fields.
 * A credential is never filled in from a record: empty is unchanged, null is cleared, anything else replaces.
 */
export type PhoneNumberValues = {
  friendly_name: string;
  inbound_agent_id: string | null;
  outbound_agent_id: string | null;
  labels: string[];
  metadata: MetadataRow[];
  notes: string;
  /** A number without routing is one with none of its parts; so with call handling. */
  routing: Routing;
  call_handling: CallHandling;
  temporary_reassignment: TemporaryReassignment | null;
} & Record<SettingName, string> &
  Record<CredentialName, string | null>;

export const routingFields = ['routing.business_hours_id', 'routing.rules', 'routing.fallback'] as const;
export type RoutingField = (typeof routingFields)[number];
export type CallHandlingField = `call_handling.${CallHandlingName}`;
export const callHandlingFields = callHandlingNames.map((name) => `call_handling.${name}` as const);

/** What is changed, merged and named as one: of routing and call handling, each of their parts. */
export type FieldName = Exclude<keyof PhoneNumberValues, 'routing' | 'call_handling'> | RoutingField | CallHandlingField;
/** The fields that are not part of another. */
export type OwnFieldName = keyof PhoneNumberValues & FieldName;

/** What each field is called, on its label, in the save bar and in messages. */
export const fieldLabels: Record<FieldName, string> = {
  friendly_name: 'Label',
  inbound_agent_id: 'Inbound agent',
  outbound_agent_id: 'Outbound agent',
  labels: 'Labels',
  metadata: 'Metadata',
  notes: 'Notes',
  sip_termination_uri: 'Termination URI',
  sip_trunk_username: 'Trunk username',
  sip_caller_format: 'Callers without +',
  sip_trunk_password: 'Trunk password',
  sip_infra_region: 'Region',
  twilio_account_sid: 'Account SID',
  twilio_auth_token: 'Auth token',
  temporary_reassignment: 'Temporary reassignment',
  'routing.business_hours_id': 'Business hours',
  'routing.rules': 'Routing rules',
  'routing.fallback': 'Fallback',
  'call_handling.max_duration_seconds': 'Maximum duration',
  'call_handling.ring_timeout_seconds': 'Ring timeout',
  'call_handling.silence_timeout_seconds': 'Silence timeout',
  'call_handling.max_concurrent_calls': 'Calls at once',
  'call_handling.recording': 'Recording',
  'call_handling.announce_recording': 'Recording announcement',
  'call_handling.voicemail_detection': 'Voicemail detection',
  'call_handling.inbound_countries': 'Countries that may call',
  'call_handling.outbound_countries': 'Countries that may be called',
  'call_handling.blocked_callers': 'Blocked callers',
  'call_handling.caller_id_name': 'Caller ID name',
  'call_handling.outbound_window': 'Outbound window',
};

/** Those every number has, in the order in which they stand. */
export const sharedFields = ['friendly_name', 'inbound_agent_id', 'outbound_agent_id', 'labels', 'metadata', 'notes'] as const;
/** What every number has beside them: who stands in, routing, call handling. */
export const callFields: readonly FieldName[] = ['temporary_reassignment', ...routingFields, ...callHandlingFields];

const definitionOf = (provider: Provider): ProviderDefinition => providers[provider];

export const settingsOf = (provider: Provider) => Object.keys(definitionOf(provider).settings) as SettingName[];
export const credentialsOf = (provider: Provider) => Object.keys(definitionOf(provider).credentials) as CredentialName[];

/** The fields without which a number of this provider cannot be added. */
export const requiredOf = (provider: Provider): readonly string[] => definitionOf(provider).required;

/** The provider's own fields that may change after the number was added. */
export const editableSettingsOf = (provider: Provider) => settingsOf(provider).filter((name) => !definitionOf(provider).createOnly.includes(name));

const emptyRouting: Routing = { business_hours_id: null, rules: [], fallback: null };
const emptyCallHandling = Object.fromEntries(callHandlingNames.map((name) => [name, null])) as CallHandling;

export const emptyValues: PhoneNumberValues = {
  friendly_name: '',
  inbound_agent_id: null,
  outbound_agent_id: null,
  labels: [],
  metadata: [],
  notes: '',
  sip_termination_uri: '',
  sip_trunk_username: '',
  sip_caller_format: '',
  sip_trunk_password: '',
  sip_infra_region: 'global',
  twilio_account_sid: '',
  twilio_auth_token: '',
  routing: emptyRouting,
  call_handling: emptyCallHandling,
  temporary_reassignment: null,
};

/** A field of a record by name, whatever its provider; undefined where the provider has no such field. */
export const fieldOf = (record: PhoneNumber, name: string): unknown => (record as Record<string, unknown>)[name];

export const hasCredential = (record: PhoneNumber, name: CredentialName) => fieldOf(record, name) !== null;
export const fingerprintOf = (record: PhoneNumber, name: CredentialName) => (fieldOf(record, `${name}_fingerprint`) ?? null) as string | null;

/** The record as the form shows it. */
export const valuesOf = (record: PhoneNumber): PhoneNumberValues => {
  const values: PhoneNumberValues = {
    ...emptyValues,
    friendly_name: record.friendly_name ?? '',
    inbound_agent_id: record.inbound_agent_id,
    outbound_agent_id: record.outbound_agent_id,
    labels: record.labels,
    metadata: Object.entries(record.metadata).map(([key, value]) => ({ key, value })),
    notes: record.notes ?? '',
    routing: record.routing ?? emptyRouting,
    call_handling: record.call_handling ?? emptyCallHandling,
    temporary_reassignment: record.temporary_reassignment,
  };
  for (const name of settingsOf(record.provider)) values[name] = (fieldOf(record, name) as string | null) ?? '';
  return values;
};

const partsOf = (name: FieldName) => name.split('.') as [keyof PhoneNumberValues, string?];

export const valueAt = (values: PhoneNumberValues, name: FieldName): unknown => {
  const [whole, part] = partsOf(name);
  return part === undefined ? values[whole] : (values[whole] as Record<string, unknown>)[part];
};

export const withValue = (values: PhoneNumberValues, name: FieldName, value: unknown): PhoneNumberValues => {
  const [whole, part] = partsOf(name);
  return { ...values, [whole]: part === undefined ? value : { ...(values[whole] as Record<string, unknown>), [part]: value } };
};

/** Whether two values say the same, whatever the order of their keys. */
export const isSame = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false;
  const [own, other] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = Object.keys(own);
  return keys.length === Object.keys(other).length && keys.every((key) => key in other && isSame(own[key], other[key]));
};
