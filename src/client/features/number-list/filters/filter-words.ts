import { providerNames, regionLabel, regionNames } from '#contract/numbers/choices.ts';
import { NONE, type PhoneNumberSortField } from '#contract/numbers/list/list-filters.ts';
import { RESTORABLE_DAYS } from '#contract/numbers/restorable-days.ts';
import type { Agent } from '#contract/agents.ts';
import { calendarDate, clockTime, countryName, plural } from '#client/lib/words/format.ts';
import { faceOf } from '#client/features/numbers/agent-faces.ts';
import { sortFieldOf, type FilterName } from '#client/features/numbers/list-url.ts';

export type Agents = ReadonlyMap<string, Agent> | undefined;

/** What each filter is called, on its chip and where it is taken away. */
export const filterLabels: Record<FilterName, string> = {
  q: 'Search',
  provider: 'Provider',
  agent_id: 'Agent',
  inbound_agent_id: 'Inbound agent',
  outbound_agent_id: 'Outbound agent',
  answering_now: 'Answering now',
  routed_agent_id: 'Agent in rules',
  country: 'Country',
  region: regionLabel,
  label_all: 'Labelled',
  label_any: 'Labelled any of',
  label_none: 'Not labelled',
  has_labels: 'Has labels',
  has_credential: 'Credential',
  changed_since: 'Changed since',
  fingerprint: 'Same credential',
  deleted: 'Deleted',
};

/** On its chip, where its values say the rest. */
export const chipName = (name: FilterName, values: readonly string[]): string => {
  if (name === 'label_any' && values.length === 1) return filterLabels.label_all;
  return filterLabels[name].replace('bound agent', 'bound');
};

const yesAndNo = { true: 'Yes', false: 'No' };
/** What the values of a filter are called, where they are few. */
export const choiceNames: Partial<Record<FilterName, Readonly<Record<string, string>>>> = {
  provider: providerNames,
  region: regionNames,
  answering_now: { none: 'Nobody', forward: 'Forward', message: 'Message', voicemail: 'Voicemail' },
  has_labels: yesAndNo,
  has_credential: { true: 'Set', false: 'Not set' },
  deleted: { true: `${RESTORABLE_DAYS} days` },
};

export const valueWords = (name: FilterName, value: string, agents: Agents): string => {
  const choice = choiceNames[name]?.[value];
  if (choice !== undefined) return choice;
  if (name === 'country') return value === NONE ? 'No one country' : countryName(value);
  if (name === 'changed_since') return `${calendarDate(value)}, ${clockTime(value)}`;
  if (/agent_id$|^answering/.test(name)) return faceOf(agents, value === NONE ? null : value).name;
  return value;
};

const manyWords = (name: FilterName): [one: string, many?: string] => {
  if (name === 'country') return ['country', 'countries'];
  if (name === 'answering_now') return ['answer'];
  if (name.endsWith('agent_id')) return ['agent'];
  return [name.startsWith('label') ? 'label' : filterLabels[name].toLowerCase()];
};

/** `SIP trunk, Twilio`, or `3 agents`. */
export const filterWords = (name: FilterName, values: readonly string[], agents: Agents): string =>
  values.length > 2
    ? plural(values.length, ...manyWords(name))
    : values.map((value) => valueWords(name, value, agents)).join(', ');

const sortNames: Record<PhoneNumberSortField, string> = {
  updated_at: 'Updated',
  created_at: 'Added',
  phone_number: 'Number',
  friendly_name: 'Name',
  provider: 'Provider',
  country: 'Country',
};
export const sortWords = (sort: string): string =>
  `${sortNames[sortFieldOf(sort)]} ${sort.startsWith('-') ? '↓' : '↑'}`;
