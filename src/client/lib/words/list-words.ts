import { providerNames, regionLabel, regionNames } from '#contract/numbers/choices.ts';
import { NONE, type PhoneNumberSortField } from '#contract/numbers/list/list-filters.ts';
import type { NumberFilter } from '#contract/numbers/list/number-filter.ts';
import { RESTORABLE_DAYS } from '#contract/numbers/restorable-days.ts';
import { calendarDate, clockTime, countryName } from './format.ts';

/** What each filter is called, on its chip and where it is taken away. */
export const filterLabels: Record<keyof NumberFilter, string> = {
  q: 'Search',
  provider: 'Provider',
  agent_id: 'Agent',
  inbound_agent_id: 'Inbound agent',
  outbound_agent_id: 'Outbound agent',
  answering_now: 'Answering now',
  routed_agent_id: 'Agent in rules',
  country: 'Country',
  region: regionLabel,
  label: 'Labelled',
  label_all: 'Labelled',
  label_any: 'Labelled any of',
  label_none: 'Not labelled',
  has_labels: 'Has labels',
  connection: 'Connection',
  link_state: 'Upstream',
  has_credential: 'Credential',
  changed_since: 'Changed since',
  fingerprint: 'Same credential',
  deleted: 'Deleted',
};

/** What the states of a link are called, wherever they are said. */
export const linkStateNames: Readonly<Record<string, string>> = {
  synced: 'Synced',
  pending: 'Waiting',
  retrying: 'Trying again',
  refused: 'Refused',
  conflict: 'Conflict',
  drift: 'Changed there',
  held: 'Held',
  gone: 'Gone',
};

const yesAndNo = { true: 'Yes', false: 'No' };
/** What the values of a filter are called, where they are few. */
export const choiceNames: Partial<Record<keyof NumberFilter, Readonly<Record<string, string>>>> = {
  provider: providerNames,
  region: regionNames,
  answering_now: { none: 'Nobody', forward: 'Forward', message: 'Message', voicemail: 'Voicemail' },
  has_labels: yesAndNo,
  has_credential: { true: 'Set', false: 'Not set' },
  link_state: linkStateNames,
  deleted: { true: `${RESTORABLE_DAYS} days` },
};

/** A value of a filter as it is said, where it is no agent. */
export const plainValueWords = (name: keyof NumberFilter, value: string): string => {
  const choice = choiceNames[name]?.[value];
  if (choice !== undefined) return choice;
  if (name === 'country') return value === NONE ? 'No one country' : countryName(value);
  return name === 'changed_since' ? `${calendarDate(value)}, ${clockTime(value)}` : value;
};

const sortNames: Record<PhoneNumberSortField, string> = {
  updated_at: 'Updated',
  created_at: 'Added',
  phone_number: 'Number',
  friendly_name: 'Name',
  provider: 'Provider',
  country: 'Country',
};
/** `Updated ↓` */
export const sortWords = (sort: string): string =>
  `${sortNames[sort.replace(/^-/, '') as PhoneNumberSortField]} ${sort.startsWith('-') ? '↓' : '↑'}`;
