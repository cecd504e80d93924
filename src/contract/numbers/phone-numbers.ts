import { z } from 'zod';
import { linksSchema } from '#contract/connections/links.ts';
import { idSchema, instantSchema, phoneNumberTextSchema } from '#contract/primitives.ts';
import { callHandlingPatchSchema, callHandlingSchema } from './call-handling.ts';
import { deletedRecord } from './deleted.ts';
import { fingerprintSchema, maskedSchema, valueSchemas } from './field-values.ts';
import { providerList, type Provider } from './choices.ts';
import {
  credentialNames,
  fieldNames,
  fieldOf,
  hasField,
  type CredentialName,
  type FieldName,
  type FixedName,
  type OwnName,
  type RequiredName,
  type SharedName,
  type WholeName,
} from './fields.ts';
import { labelsSchema } from './labels.ts';
import { metadataSchema, metadataPatchSchema } from './metadata.ts';
import { routingPatchSchema, routingSchema, temporaryReassignmentSchema } from './routing.ts';

/** What each field takes in a patch. Those that are lists and objects merge in ways of their own. */
const patchSchemas = {
  ...valueSchemas,
  labels: labelsSchema,
  metadata: metadataPatchSchema,
  routing: routingPatchSchema,
  call_handling: callHandlingPatchSchema,
  temporary_reassignment: temporaryReassignmentSchema,
} satisfies Record<FieldName, z.ZodType>;

/** What adds a number has no keys to remove. */
const createSchemas = { ...patchSchemas, metadata: metadataSchema };

type PatchSchemas = typeof patchSchemas;
type CreateSchemas = typeof createSchemas;
type Clearable<S extends z.ZodType> = z.ZodOptional<z.ZodNullable<S>>;

/** Of the lists and objects: none is said by the empty one, or by null. */
const wholeRecord = {
  labels: z.array(z.string()),
  metadata: z.record(z.string(), z.string()),
  routing: routingSchema
    .nullable()
    .describe('Rules that say who answers and when; null is the inbound agent alone.'),
  call_handling: callHandlingSchema
    .nullable()
    .describe('How calls are handled; null where every default holds.'),
  temporary_reassignment: temporaryReassignmentSchema
    .nullable()
    .describe('Stays after it ended, without effect, until it is cleared or replaced.'),
} satisfies Record<WholeName, z.ZodType>;

export const givenRecord = {
  _id: idSchema,
  phone_number: z.string().describe('E.164, for example `+14155552671`.'),
  phone_number_international: z.string().describe('As people read it, for example `+1 415 555 2671`.'),
  country: z
    .string()
    .length(2)
    .nullable()
    .describe('ISO 3166 alpha-2; null for numbers that belong to no one country, such as +800.'),
};
const stampRecord = {
  version: z.number().int().min(1).describe('One higher after every change; also the ETag.'),
  created_at: instantSchema,
  updated_at: instantSchema,
};

/** What others say of it, and no change makes a version of. */
const linkedRecord = { links: linksSchema };

type Answered<N extends FieldName> = N extends WholeName
  ? (typeof wholeRecord)[N]
  : N extends FixedName
    ? PatchSchemas[N]
    : N extends CredentialName
      ? typeof maskedSchema
      : z.ZodNullable<z.ZodString>;
type NameOf<P extends Provider> = SharedName | OwnName<P>;
type RecordShape<P extends Provider> = typeof givenRecord &
  typeof stampRecord &
  typeof linkedRecord &
  typeof deletedRecord & { provider: z.ZodLiteral<P> } & { [N in NameOf<P>]: Answered<N> } & {
    [N in CredentialName<P> as `${N}_fingerprint`]: z.ZodNullable<typeof fingerprintSchema>;
  };

/** Shapes are made by name, for each provider the fields that it has. */
const shapeOf = (
  provider: Provider,
  entries: (name: FieldName) => Record<string, z.ZodType>,
): z.ZodRawShape =>
  Object.assign({}, ...fieldNames.filter((name) => hasField(provider, name)).map(entries)) as z.ZodRawShape;

const answeredOf = (name: FieldName): Record<string, z.ZodType> => {
  const { kind, isFixed } = fieldOf(name);
  if (kind === 'whole') return { [name]: wholeRecord[name as WholeName] };
  if (kind === 'credential')
    return { [name]: maskedSchema, [`${name}_fingerprint`]: fingerprintSchema.nullable() };
  const { description = '' } = patchSchemas[name];
  return { [name]: isFixed === true ? patchSchemas[name] : z.string().nullable().describe(description) };
};

const recordSchemaOf = <P extends Provider>(provider: P) =>
  z.strictObject({
    ...givenRecord,
    provider: z.literal(provider),
    ...shapeOf(provider, answeredOf),
    ...linkedRecord,
    ...stampRecord,
    ...deletedRecord,
  } as unknown as RecordShape<P>);

type CreateShape<P extends Provider> = {
  phone_number: typeof phoneNumberTextSchema;
  provider: z.ZodLiteral<P>;
} & {
  [N in NameOf<P>]: N extends RequiredName
    ? CreateSchemas[N]
    : N extends FixedName
      ? z.ZodDefault<CreateSchemas[N]>
      : Clearable<CreateSchemas[N]>;
};

const creatableOf = (name: FieldName): Record<string, z.ZodType> => {
  const { isRequired, initially } = fieldOf(name);
  const schema: z.ZodType = createSchemas[name];
  if (isRequired === true) return { [name]: schema };
  return { [name]: initially === undefined ? schema.nullable().optional() : schema.default(initially) };
};

const createSchemaOf = <P extends Provider>(provider: P) =>
  z.strictObject({
    phone_number: phoneNumberTextSchema,
    provider: z.literal(provider),
    ...shapeOf(provider, creatableOf),
  } as unknown as CreateShape<P>);

type PatchShape<P extends Provider> = { [N in Exclude<NameOf<P>, FixedName>]: Clearable<PatchSchemas[N]> };

const patchableOf = (name: FieldName): Record<string, z.ZodType> =>
  fieldOf(name).isFixed === true ? {} : { [name]: patchSchemas[name].nullable().optional() };

const patchSchemaOf = <P extends Provider>(provider: P) =>
  z.strictObject(shapeOf(provider, patchableOf) as unknown as PatchShape<P>);

type ForEach<Of extends Record<Provider, unknown>> = readonly [Of[Provider], ...Of[Provider][]];
const forEachProvider = <Of extends Record<Provider, unknown>>(make: (provider: Provider) => unknown) =>
  Object.fromEntries(providerList.map((provider) => [provider, make(provider)])) as Of;
const every = <Of extends Record<Provider, unknown>>(byProvider: Of) =>
  Object.values(byProvider) as unknown as ForEach<Of>;

export const phoneNumberSchemas =
  forEachProvider<{ [P in Provider]: ReturnType<typeof recordSchemaOf<P>> }>(recordSchemaOf);
/** A phone number as every answer shows it. There is no place in it for a plaintext secret. */
export const phoneNumberSchema = z.discriminatedUnion('provider', every(phoneNumberSchemas));
export type PhoneNumber = z.infer<typeof phoneNumberSchema>;

/** Whether something of it is otherwise on a platform than here: then a save answers 202. */
export const isNotUpstream = (number: object): boolean =>
  'links' in number && (number as Pick<PhoneNumber, 'links'>).links.some(({ state }) => state !== 'synced');

export const phoneNumberCreateSchemas =
  forEachProvider<{ [P in Provider]: ReturnType<typeof createSchemaOf<P>> }>(createSchemaOf);
/** What adds a number: the shared fields, and those of its provider alone. */
export const phoneNumberCreateSchema = z.discriminatedUnion('provider', every(phoneNumberCreateSchemas));
export type PhoneNumberCreate = z.infer<typeof phoneNumberCreateSchema>;
export type PhoneNumberCreateInput = z.input<typeof phoneNumberCreateSchema>;

/**
 * What may change of a number, by its provider. Absent is unchanged, null is cleared.
 * A credential equal to the mask is unchanged; the server reads it so before this schema is asked.
 */
export const phoneNumberPatchSchemas =
  forEachProvider<{ [P in Provider]: ReturnType<typeof patchSchemaOf<P>> }>(patchSchemaOf);
export type PhoneNumberPatch = z.infer<(typeof phoneNumberPatchSchemas)[Provider]>;

/**
 * Sent back in a patch, these must equal what is stored: then a record can be read, changed in one field and
 * sent whole. A fingerprint is taken back in either form.
 */
export const readOnlyFields: readonly string[] = [
  ...Object.keys(givenRecord),
  'provider',
  ...fieldNames.filter((name) => fieldOf(name).isFixed),
  ...credentialNames.map((name) => `${name}_fingerprint`),
  ...Object.keys(linkedRecord),
  ...Object.keys(stampRecord),
];

/**
 * A patch on the wire. Which fields it may have depends on the stored number's provider, so the endpoint
 * takes any object and the service judges it with `phoneNumberPatchSchemas`; the document shows the three
 * shapes.
 */
export const phoneNumberPatchBodySchema = z
  .record(z.string(), z.unknown())
  .describe(
    'A merge patch (RFC 7396): absent is unchanged, null is cleared. Only the fields of the number’s own provider are accepted.',
  );
