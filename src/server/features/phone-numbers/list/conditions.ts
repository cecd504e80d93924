import type { PhoneNumberListQuery } from '#contract/numbers/list/phone-number-list.ts';
import { providerList, type Provider } from '#contract/numbers/choices.ts';
import { credentialsOf } from '#contract/numbers/fields.ts';
import { NONE, type PhoneNumberSortField } from '#contract/numbers/list/list-filters.ts';
import { lookOf } from '#contract/reading/text.ts';
import { mayAnswer } from './answering-store.ts';
import { countryKey, NO_COUNTRY } from './list-order.ts';
import type { Add } from './values.ts';

export type PhoneNumberFilter = Omit<
  PhoneNumberListQuery,
  'page_size' | 'page_token' | 'skip' | 'q' | 'sort' | 'include' | 'deleted'
>;

/** What a page token belongs to: the same filters in any order. */
export const givenIn = (filter: PhoneNumberFilter) =>
  Object.entries(filter)
    .filter(([, value]) => value !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));

const anyOf = (expression: string, wanted: readonly string[] | undefined, add: Add): string[] =>
  wanted === undefined ? [] : [`${expression} = any (${add(wanted)}::text[])`];

const agentIs = (columns: readonly string[], wanted: readonly string[] | undefined, add: Add): string[] => {
  if (wanted === undefined) return [];
  const ids = wanted.filter((id) => id !== NONE);
  const place = ids.length === 0 ? null : add(ids);
  const ways = [
    ...(place === null ? [] : columns.map((column) => `${column} = any (${place}::text[])`)),
    ...(wanted.includes(NONE) ? [`(${columns.map((column) => `${column} is null`).join(' and ')})`] : []),
  ];
  return [`(${ways.join(' or ')})`];
};

const countryIs = ({ country }: PhoneNumberFilter, add: Add): string[] =>
  anyOf(
    countryKey,
    country?.map((code) => (code === NONE ? NO_COUNTRY : code)),
    add,
  );

const changedSince = ({ changed_since: since }: PhoneNumberFilter, add: Add): string[] =>
  since === undefined ? [] : [`updated_at >= ${add(since)}::timestamptz`];

const carriesLabels = (filter: PhoneNumberFilter, add: Add): string[] => {
  const keys = (labels: readonly string[]) => `${add([...new Set(labels.map(lookOf))])}::text[]`;
  const { label, label_any: any, label_all: all, label_none: none, has_labels: has } = filter;
  return [
    ...(label === undefined ? [] : [`label_keys @> ${keys([label])}`]),
    ...(any === undefined ? [] : [`label_keys && ${keys(any)}`]),
    ...(all === undefined ? [] : [`label_keys @> ${keys(all)}`]),
    ...(none === undefined ? [] : [`not (label_keys && ${keys(none)})`]),
    ...(has === undefined ? [] : [`cardinality(label_keys) ${has === 'true' ? '>' : '='} 0`]),
  ];
};

// As its index has it.
const hasCredential = ({ has_credential: has }: PhoneNumberFilter): string[] =>
  has === undefined
    ? []
    : [`case credential_fingerprints when '{}' then 0 else 1 end = ${has === 'true' ? 1 : 0}`];

const linkIs = ({ connection, link_state: state }: PhoneNumberFilter, add: Add): string[] =>
  connection === undefined && state === undefined
    ? []
    : [
        `id in (select phone_number_id from number_link where ${[
          ...anyOf('connection_id', connection, add),
          ...anyOf('state', state, add),
        ].join(' and ')})`,
      ];

/** Whatever the filters ask for but who answers at this moment, which no column says. */
export const conditionsOf = (filter: PhoneNumberFilter, add: Add): string[] => [
  ...anyOf('provider', filter.provider, add),
  ...agentIs(['inbound_agent_id'], filter.inbound_agent_id, add),
  ...agentIs(['outbound_agent_id'], filter.outbound_agent_id, add),
  ...agentIs(['inbound_agent_id', 'outbound_agent_id'], filter.agent_id, add),
  ...(filter.routed_agent_id === undefined
    ? []
    : [`routed_agent_ids @> array[${add(filter.routed_agent_id)}::text]`]),
  ...(filter.answering_now === undefined ? [] : [mayAnswer(filter.answering_now, add)]),
  ...countryIs(filter, add),
  ...anyOf(`settings ->> 'sip_infra_region'`, filter.region, add),
  ...carriesLabels(filter, add),
  ...hasCredential(filter),
  ...changedSince(filter, add),
  ...linkIs(filter, add),
  ...(filter.fingerprint === undefined
    ? []
    : [`id in (select phone_number_id from credential where fingerprint = ${add(filter.fingerprint)})`]),
];

/** Of which providers they can be: some filters ask for what others do not have. */
const providersOf = ({
  provider,
  region,
  has_credential: has,
}: PhoneNumberFilter): Provider[] | undefined => {
  if (provider === undefined && region === undefined && has !== 'true') return undefined;
  return providerList.filter(
    (each) =>
      (provider?.includes(each) ?? true) &&
      (region === undefined || each === 'sip') &&
      (has !== 'true' || credentialsOf[each].length > 0),
  );
};

/**
 * What of the filters the order itself knows: whoever walks down it begins there, and ends there. All that
 * match may stand together far from its beginning.
 */
export const rangeOf = (filter: PhoneNumberFilter, field: PhoneNumberSortField, add: Add): string[] => {
  if (field === 'provider') return anyOf('provider', providersOf(filter), add);
  if (field === 'country') return countryIs(filter, add);
  return field === 'updated_at' ? changedSince(filter, add) : [];
};
