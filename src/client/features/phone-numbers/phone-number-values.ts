import type { PhoneNumber } from '#contract/phone-numbers.ts';
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
} & Record<SettingName, string> &
  Record<CredentialName, string | null>;

export type FieldName = keyof PhoneNumberValues;

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
  sip_trunk_password: 'Trunk password',
  sip_infra_region: 'Region',
  twilio_account_sid: 'Account SID',
  twilio_auth_token: 'Auth token',
};

export const labelOfField = (name: string): string => (name in fieldLabels ? fieldLabels[name as FieldName] : name);

export const sharedFields = ['friendly_name', 'inbound_agent_id', 'outbound_agent_id', 'labels', 'metadata', 'notes'] as const;

const definitionOf = (provider: Provider): ProviderDefinition => providers[provider];

export const settingsOf = (provider: Provider) => Object.keys(definitionOf(provider).settings) as SettingName[];
export const credentialsOf = (provider: Provider) => Object.keys(definitionOf(provider).credentials) as CredentialName[];

/** The fields without which a number of this provider cannot be added. */
export const requiredOf = (provider: Provider): readonly string[] => definitionOf(provider).required;

/** The provider's own fields that may change after the number was added. */
export const editableSettingsOf = (provider: Provider) => settingsOf(provider).filter((name) => !definitionOf(provider).createOnly.includes(name));

export const emptyValues: PhoneNumberValues = {
  friendly_name: '',
  inbound_agent_id: null,
  outbound_agent_id: null,
  labels: [],
  metadata: [],
  notes: '',
  sip_termination_uri: '',
  sip_trunk_username: '',
  sip_trunk_password: '',
  sip_infra_region: 'global',
  twilio_account_sid: '',
  twilio_auth_token: '',
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
  };
  for (const name of settingsOf(record.provider)) values[name] = (fieldOf(record, name) as string | null) ?? '';
  return values;
};
