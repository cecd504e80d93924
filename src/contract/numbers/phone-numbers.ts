import { z } from 'zod';
import { callHandlingPatchSchema, callHandlingSchema } from './call-handling.ts';
import {
  credentialNames,
  fieldNames,
  fieldOf,
  hasField,
  providerList,
  type CredentialName,
  type FieldName,
  type FixedName,
  type OwnName,
  type Provider,
  type RequiredName,
  type SharedName,
  type WholeName,
} from './fields.ts';
import {
  credentialNameSchema,
  fingerprintSchema,
  maskedSchema,
  providerSchema,
  valueSchemas,
} from './field-values.ts';
import {
  countedFirst,
  idSchema,
  instantSchema,
  isLongerThan,
  nextPageTokenSchema,
  NONE,
  pageSizeSchema,
  pageTokenSchema,
  phoneNumberTextSchema,
  proseSchema,
  tooMuch,
} from '#contract/primitives.ts';
import { isStored, readAs } from '#contract/reading/reading.ts';
import { routingPatchSchema, routingSchema, temporaryReassignmentSchema } from './routing.ts';
import { lookOf, readName } from '#contract/reading/text.ts';

export const MAX_LABELS = 32;
export const MAX_LABEL = 40;
const readLabel = (text: string) => readName(text, MAX_LABEL);

// Labels that are stored beside each other may stay so: they were not compared by their look when they were
// written.
const mayStandTogether = (one: string, other: string) =>
  one !== other && isStored(readLabel, one) && isStored(readLabel, other);
const isThereTwice = (label: string, at: number, labels: readonly string[]) =>
  labels.slice(0, at).some((other) => lookOf(other) === lookOf(label) && !mayStandTogether(other, label));
const inOrder = (labels: readonly string[]) =>
  labels.toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));

export const labelsSchema = countedFirst(
  z
    .array(readAs(readLabel, { minLength: 1, maxLength: MAX_LABEL }))
    .max(MAX_LABELS, tooMuch(`A number has at most ${MAX_LABELS} labels.`))
    .check(({ value, issues }) => {
      const twice = value.find(isThereTwice);
      if (twice === undefined) return;
      const message = `“${twice}” is there twice: labels that look alike are one, in upper or lower case. Remove one of them.`;
      issues.push({
        code: 'custom',
        message,
        params: { code: 'duplicate_label' },
        input: value,
        continue: true,
      });
    }),
  isLongerThan(MAX_LABELS),
)
  .transform(inOrder)
  .describe('Up to 32 labels; case is kept, but labels that look alike are one. Answered sorted.');

/**
 * A label to filter by, in any case, composition and with any unseen characters: it is compared by its look.
 */
const labelFilterSchema = z
  .string()
  .max(4 * MAX_LABEL, tooMuch(`A label has at most ${MAX_LABEL} characters.`))
  .refine((label) => !/[\p{Cc}\p{Cs}]/u.test(label), {
    error: 'Remove the control characters.',
    params: { code: 'control_characters' },
  })
  .refine((label) => lookOf(label) !== '', {
    error: 'Write at least one character.',
    params: { code: 'too_small' },
  })
  .optional()
  .describe('A label the number carries, without regard to case.');

const metadataKeySchema = z
  .string()
  .regex(
    /^(?!__proto__$)[A-Za-z0-9_.-]{1,64}$/,
    'A key is 1 to 64 letters, digits, dots, dashes or underscores.',
  );
export const MAX_METADATA_VALUE = 500;
const metadataValueSchema = proseSchema(MAX_METADATA_VALUE);
export const MAX_METADATA_KEY = 64;
export const MAX_METADATA_KEYS = 64;
const MAX_METADATA_PATCH_KEYS = 2 * MAX_METADATA_KEYS;

const hasMoreKeysThan = (max: number) => (given: unknown) =>
  typeof given === 'object' && given !== null && Object.keys(given).length > max;
const atMostKeys = (max: number, error: string) =>
  [
    (keys: object) => !hasMoreKeysThan(max)(keys),
    { error, abort: true, params: { code: 'too_many_keys' } },
  ] as const;

export const metadataSchema = countedFirst(
  z
    .record(metadataKeySchema, metadataValueSchema)
    .refine(...atMostKeys(MAX_METADATA_KEYS, `A number has at most ${MAX_METADATA_KEYS} metadata keys.`))
    .describe('Up to 64 keys of your own, each with a text of at most 500 characters.'),
  hasMoreKeysThan(MAX_METADATA_KEYS),
);

/**
 * In a patch, keys merge as RFC 7396 says: a key that is absent is unchanged, a key that is null is removed.
 */
const metadataPatchSchema = countedFirst(
  z
    .record(metadataKeySchema, metadataValueSchema.nullable())
    .refine(
      ...atMostKeys(
        MAX_METADATA_PATCH_KEYS,
        `Name at most ${MAX_METADATA_PATCH_KEYS} metadata keys: as many as can go, and as can come.`,
      ),
    )
    .describe('Keys to set; null removes a key, an absent key is unchanged.'),
  hasMoreKeysThan(MAX_METADATA_PATCH_KEYS),
);

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

const givenRecord = {
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

type Answered<N extends FieldName> = N extends WholeName
  ? (typeof wholeRecord)[N]
  : N extends FixedName
    ? PatchSchemas[N]
    : N extends CredentialName
      ? typeof maskedSchema
      : z.ZodNullable<z.ZodString>;
type FieldOf<P extends Provider> = SharedName | OwnName<P>;
type RecordShape<P extends Provider> = typeof givenRecord &
  typeof stampRecord & { provider: z.ZodLiteral<P> } & { [N in FieldOf<P>]: Answered<N> } & {
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
    ...stampRecord,
  } as unknown as RecordShape<P>);

type CreateShape<P extends Provider> = {
  phone_number: typeof phoneNumberTextSchema;
  provider: z.ZodLiteral<P>;
} & {
  [N in FieldOf<P>]: N extends RequiredName
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

type PatchShape<P extends Provider> = { [N in Exclude<FieldOf<P>, FixedName>]: Clearable<PatchSchemas[N]> };

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

export const phoneNumberSorts = ['phone_number', 'friendly_name', 'created_at', 'updated_at'] as const;
export type PhoneNumberSortField = (typeof phoneNumberSorts)[number];
export type PhoneNumberSort = PhoneNumberSortField | `-${PhoneNumberSortField}`;
const sortSchema = z
  .enum(
    phoneNumberSorts.flatMap((field) => [field, `-${field}`] as const) as [
      PhoneNumberSort,
      ...PhoneNumberSort[],
    ],
  )
  .default('-created_at')
  .describe('The order; `-` for descending.');

/** Who answers an unknown caller at the moment of asking: an agent, `none`, or what is no agent. */
export const answeringFilters = [NONE, 'forward', 'message', 'voicemail'] as const;

const agentFilter = z.union([z.literal(NONE), idSchema]).optional();

export const phoneNumberListQuerySchema = z.strictObject({
  page_size: pageSizeSchema,
  page_token: pageTokenSchema.optional(),
  skip: z.coerce
    .number('Skip a whole number of rows, 0 or more.')
    .int('Skip a whole number of rows, 0 or more.')
    .min(0, 'Skip a whole number of rows, 0 or more.')
    .max(100_000_000, 'Skip fewer rows.')
    .default(0)
    .describe(
      'How many rows to pass over from where the page would begin: lets a list be entered in its middle.',
    ),
  q: z
    .string()
    .max(200)
    .optional()
    .describe('Text to find in the number, label, agent names, trunk host, trunk user or account SID.'),
  provider: providerSchema.optional(),
  inbound_agent_id: agentFilter.describe('An agent’s id, or `none`.'),
  outbound_agent_id: agentFilter.describe('An agent’s id, or `none`.'),
  agent_id: agentFilter.describe(
    'An agent’s id in either direction; `none` for numbers with no agent in either.',
  ),
  routed_agent_id: idSchema
    .optional()
    .describe('An agent that a routing rule, switched on or off, or the fallback names.'),
  answering_now: z
    .union([z.enum(answeringFilters), idSchema])
    .optional()
    .describe(
      'Who answers at the moment of asking: an agent’s id (in a split, too), `none` where the call is declined, `forward`, `message` or `voicemail`.',
    ),
  region: valueSchemas.sip_infra_region.optional(),
  label: labelFilterSchema,
  fingerprint: fingerprintSchema
    .optional()
    .describe('Numbers that hold the credential with this fingerprint. Only for who may reveal.'),
  sort: sortSchema,
  include: z
    .enum(['total', 'answering_now', 'total,answering_now'])
    .optional()
    .describe(
      '`total` adds `total_count` and `total_is_exact`; `answering_now` who answers each number now. With a comma, both.',
    ),
});
export type PhoneNumberListQuery = z.infer<typeof phoneNumberListQuerySchema>;
export type PhoneNumberListQueryInput = z.input<typeof phoneNumberListQuerySchema>;

/** Who answers a number at the moment of asking, of a caller of whom nothing is known. */
export const answeringNowSchema = z.strictObject({
  phone_number_id: idSchema,
  type: z.enum(['agent', 'split', 'forward', 'message', 'voicemail', 'reject']),
  agent_ids: z.array(z.string()).describe('The agent, or those of the split; else empty.'),
  stands_in: z.boolean().describe('The agent stands in for a while.'),
});
export type AnsweringNow = z.infer<typeof answeringNowSchema>;

export const phoneNumberListSchema = z.strictObject({
  phone_numbers: z.array(phoneNumberSchema),
  next_page_token: nextPageTokenSchema,
  total_count: z.number().int().min(0).optional().describe('How many numbers match, with `include=total`.'),
  answering_now: z
    .array(answeringNowSchema)
    .optional()
    .describe('With `include=answering_now`: one for each number of the page, in its order.'),
  answering_changes_at: instantSchema
    .nullable()
    .optional()
    .describe('With `include=answering_now`: when one of these answers changes next by itself.'),
  total_is_exact: z.boolean().optional().describe('False when the count is the database’s estimate.'),
});
export type PhoneNumberList = z.infer<typeof phoneNumberListSchema>;

/** What a number will be once it is added, however it is written. */
export const phoneNumberReadingQuerySchema = z.strictObject({ phone_number: phoneNumberTextSchema });
export const phoneNumberReadingSchema = z.strictObject({
  phone_number: givenRecord.phone_number,
  phone_number_international: givenRecord.phone_number_international,
  country: givenRecord.country,
});
export type PhoneNumberReading = z.infer<typeof phoneNumberReadingSchema>;

export const revealRequestSchema = z.strictObject({ credential: credentialNameSchema });

/**
 * The only answer in which a plaintext secret leaves the server. Never cached, never stored by the console.
 */
export const revealedCredentialSchema = z.strictObject({
  value: z.string().describe('The credential in clear.'),
  hide_after_seconds: z.number().int().describe('How long a screen may show it, in seconds.'),
});
export type RevealedCredential = z.infer<typeof revealedCredentialSchema>;
