import { callHandlingNames } from '#contract/numbers/call-defaults.ts';
import type { CallHandling } from '#contract/numbers/call-handling.ts';
import type { Provider } from '#contract/numbers/choices.ts';
import {
  fieldNames,
  fieldOf,
  fields,
  partLabels,
  plainNames,
  settingsOf,
  sharedNames,
  type CredentialName,
  type FieldName,
  type PlainName,
  type ProviderSettingName,
  type SharedName,
} from '#contract/numbers/fields.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import type { Routing, TemporaryReassignment } from '#contract/numbers/routing.ts';
import { nothingTyped, type Typed } from '#client/features/number-fields/typed/committed.ts';

export interface MetadataRow {
  key: string;
  value: string;
}

/**
 * What the form holds: one shape for every provider, of which each shows and sends only its own fields.
 * A credential is never filled in from a record: empty is unchanged, null is cleared, anything else replaces.
 */
export type PhoneNumberValues = {
  labels: string[];
  metadata: MetadataRow[];
  /** A number without routing is one with none of its parts; so with call handling. */
  routing: Routing;
  call_handling: CallHandling;
  temporary_reassignment: TemporaryReassignment | null;
  /** No field of the number: what is on its way into one. */
  typed: Typed;
} & { [N in PlainName]: (typeof fields)[N]['kind'] extends 'agent' ? string | null : string } & Record<
    ProviderSettingName,
    string
  > &
  Record<CredentialName, string | null>;

const partsOf = <Whole extends keyof typeof partLabels>(whole: Whole) =>
  Object.entries((partLabels satisfies { routing: Record<keyof Routing, string> })[whole]).map(
    ([part, label]) => [`${whole}.${part}`, label],
  ) as [PartName<Whole>, string][];
type PartName<Whole extends keyof typeof partLabels = keyof typeof partLabels> = {
  [W in Whole]: `${W}.${keyof (typeof partLabels)[W] & string}`;
}[Whole];
export const routingFields = partsOf('routing').map(([name]) => name);
export const callHandlingFields = partsOf('call_handling').map(([name]) => name);

/** What is changed, merged and named as one: of routing and call handling, each of their parts. */
export type FormFieldName = Exclude<FieldName, keyof typeof partLabels> | PartName;
/** The fields that are not part of another. */
export type WholeFieldName = FieldName & FormFieldName;

/** What each field is called, on its label, in the save bar and in messages. */
export const fieldLabels = Object.fromEntries([
  ...fieldNames.filter((name) => !Object.hasOwn(partLabels, name)).map((name) => [name, fields[name].label]),
  ...partsOf('routing'),
  ...partsOf('call_handling'),
]) as Record<FormFieldName, string>;

const ofCalls = ['routing', 'call_handling', 'temporary_reassignment'] as const;
type CallName = (typeof ofCalls)[number];
/** What every number has of calls: who stands in, routing, call handling. */
export const callFields: readonly FormFieldName[] = [
  'temporary_reassignment',
  ...routingFields,
  ...callHandlingFields,
];
/** Those every number has beside them, in the order in which they stand. */
export const sharedFields = sharedNames.filter(
  (name): name is Exclude<SharedName, CallName> => !ofCalls.some((each) => each === name),
);

/** The provider's own fields that may change after the number was added. */
export const editableSettingsOf = (provider: Provider) =>
  settingsOf[provider].filter((name) => fieldOf(name).isFixed !== true);

const emptyRouting: Routing = { business_hours_id: null, rules: [], fallback: null };
const emptyCallHandling = Object.fromEntries(callHandlingNames.map((name) => [name, null])) as CallHandling;

const emptyOf = (name: FieldName) => fieldOf(name).initially ?? (fieldOf(name).kind === 'agent' ? null : '');

export const emptyValues = {
  ...Object.fromEntries(fieldNames.map((name) => [name, emptyOf(name)])),
  labels: [],
  metadata: [],
  routing: emptyRouting,
  call_handling: emptyCallHandling,
  temporary_reassignment: null,
  typed: nothingTyped,
} as unknown as PhoneNumberValues;

/** A field of a record by name, whatever its provider; undefined where the provider has no such field. */
export const valueIn = (record: PhoneNumber, name: string): unknown =>
  (record as Record<string, unknown>)[name];

export const hasCredential = (record: PhoneNumber, name: CredentialName) => valueIn(record, name) !== null;
export const fingerprintOf = (record: PhoneNumber, name: CredentialName) =>
  (valueIn(record, `${name}_fingerprint`) ?? null) as string | null;

/** The record as the form shows it. */
export const valuesOf = (record: PhoneNumber): PhoneNumberValues => {
  const texts = [...plainNames, ...settingsOf[record.provider]].map((name) => [
    name,
    valueIn(record, name) ?? emptyOf(name),
  ]);
  return {
    ...emptyValues,
    ...(Object.fromEntries(texts) as Partial<PhoneNumberValues>),
    labels: record.labels,
    metadata: Object.entries(record.metadata).map(([key, value]) => ({ key, value })),
    routing: record.routing ?? emptyRouting,
    call_handling: record.call_handling ?? emptyCallHandling,
    temporary_reassignment: record.temporary_reassignment,
  };
};

const placeOf = (name: FormFieldName) => name.split('.') as [keyof PhoneNumberValues, string?];

export const valueAt = (values: PhoneNumberValues, name: FormFieldName): unknown => {
  const [whole, part] = placeOf(name);
  return part === undefined ? values[whole] : (values[whole] as Record<string, unknown>)[part];
};

export const withValue = (
  values: PhoneNumberValues,
  name: FormFieldName,
  value: unknown,
): PhoneNumberValues => {
  const [whole, part] = placeOf(name);
  return {
    ...values,
    [whole]: part === undefined ? value : { ...(values[whole] as Record<string, unknown>), [part]: value },
  };
};

/** Whether two values say the same, whatever the order of their keys. */
export const isSame = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true;
  if (
    typeof a !== 'object' ||
    typeof b !== 'object' ||
    a === null ||
    b === null ||
    Array.isArray(a) !== Array.isArray(b)
  )
    return false;
  const [own, other] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = Object.keys(own);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => key in other && isSame(own[key], other[key]))
  );
};
