import { z } from 'zod';
import { agentUseListSchema, agentUseSchema } from '#contract/agent-uses.ts';
import {
  agentAnswerSchema,
  agentCreateSchema,
  agentListSchema,
  agentSchema,
  agentUpdateSchema,
} from '#contract/agents.ts';
import {
  apiKeyCreatedSchema,
  apiKeyCreateSchema,
  apiKeyListSchema,
  apiKeySchema,
} from '#contract/api-keys.ts';
import { auditEventListSchema, auditEventSchema } from '#contract/audit-events.ts';
import {
  businessHoursCreateSchema,
  businessHoursListSchema,
  businessHoursPatchSchema,
  businessHoursSchema,
} from '#contract/business-hours.ts';
import { bulkJobDetailSchema, bulkJobListSchema, bulkJobSchema } from '#contract/bulk/jobs.ts';
import { bulkJobRowListSchema, bulkPlanRowListSchema, bulkPlanSchema } from '#contract/bulk/plans.ts';
import { bulkRequestSchema } from '#contract/bulk/request.ts';
import { importRowListSchema, importSchema } from '#contract/bulk/imports.ts';
import { changeSchema } from '#contract/changes.ts';
import {
  connectionCreateSchema,
  connectionListSchema,
  connectionPatchSchema,
  connectionRevealSchema,
  connectionSchema,
} from '#contract/connections/connections.ts';
import {
  connectionImportChoicesSchema,
  connectionImportRowListSchema,
  connectionImportRowSchema,
  connectionImportRunSchema,
  connectionImportSchema,
} from '#contract/bulk/connection-imports.ts';
import {
  beforeImageRestoreSchema,
  driftListSchema,
  linkCreateSchema,
  linkDetailSchema,
  linkFieldsSchema,
  linkSchema,
  pendingChangeListSchema,
} from '#contract/connections/links.ts';
import { fieldErrorSchema, problemSchema } from '#contract/errors.ts';
import { noticeListSchema, noticeSchema } from '#contract/notices.ts';
import {
  operatorCreateSchema,
  operatorListSchema,
  operatorSchema,
  operatorUpdateSchema,
} from '#contract/operators.ts';
import {
  phoneNumberCreateSchema,
  phoneNumberCreateSchemas,
  phoneNumberPatchSchemas,
  phoneNumberSchema,
  phoneNumberSchemas,
} from '#contract/numbers/phone-numbers.ts';
import { labelListSchema } from '#contract/numbers/list/label-list.ts';
import {
  phoneNumberListSchema,
  phoneNumberReadingSchema,
  revealedCredentialSchema,
  revealRequestSchema,
} from '#contract/numbers/list/phone-number-list.ts';
import {
  notRestoredSchema,
  restoredPhoneNumberSchema,
  restoredPhoneNumberSchemas,
  restoreVersionSchema,
} from '#contract/numbers/restored.ts';
import { viewCreateSchema, viewListSchema, viewPatchSchema, viewSchema } from '#contract/views.ts';
import { settingsPatchSchema, settingsSchema } from '#contract/settings.ts';
import {
  findingListSchema,
  findingsSummarySchema,
  routeAnswerSchema,
  routePreviewRequestSchema,
  routePreviewSchema,
  routeRequestSchema,
} from '#contract/numbers/route.ts';
import {
  confirmPasswordSchema,
  freshUntilSchema,
  mePatchSchema,
  meSchema,
  passwordChangeSchema,
  sessionListSchema,
  sessionSchema,
  setUpSchema,
  setUpStateSchema,
  signInSchema,
} from '#contract/sessions.ts';

/** As much of JSON Schema (2020-12) as our zod schemas become. */
export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  description?: string;
  default?: unknown;
  const?: unknown;
  enum?: unknown[];
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  propertyNames?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  discriminator?: { propertyName: string; mapping: Record<string, string> };
}

const namedBy = (suffix: string, byProvider: Record<string, z.ZodType>): Record<string, z.ZodType> =>
  Object.fromEntries(
    Object.entries(byProvider).map(([provider, schema]) => [
      provider.replace(/^./, (c) => c.toUpperCase()) + suffix,
      schema,
    ]),
  );
/** What callers send, by the name it has in the document. */
const sent: Record<string, z.ZodType> = {
  PhoneNumberCreate: phoneNumberCreateSchema,
  ...namedBy('PhoneNumberCreate', phoneNumberCreateSchemas),
  ...namedBy('PhoneNumberPatch', phoneNumberPatchSchemas),
  RestoreVersionRequest: restoreVersionSchema,
  RevealRequest: revealRequestSchema,
  BulkRequest: bulkRequestSchema,
  BusinessHoursCreate: businessHoursCreateSchema,
  BusinessHoursPatch: businessHoursPatchSchema,
  RouteRequest: routeRequestSchema,
  RoutePreviewRequest: routePreviewRequestSchema,
  AgentCreate: agentCreateSchema,
  AgentUpdate: agentUpdateSchema,
  SetUp: setUpSchema,
  SignIn: signInSchema,
  PasswordConfirmation: confirmPasswordSchema,
  MePatch: mePatchSchema,
  PasswordChange: passwordChangeSchema,
  OperatorCreate: operatorCreateSchema,
  OperatorUpdate: operatorUpdateSchema,
  ApiKeyCreate: apiKeyCreateSchema,
  SettingsPatch: settingsPatchSchema,
  ViewCreate: viewCreateSchema,
  ViewPatch: viewPatchSchema,
  ConnectionCreate: connectionCreateSchema,
  ConnectionPatch: connectionPatchSchema,
  ConnectionRevealRequest: connectionRevealSchema,
  ConnectionImportChoices: connectionImportChoicesSchema,
  ConnectionImportRun: connectionImportRunSchema,
  LinkCreate: linkCreateSchema,
  LinkFields: linkFieldsSchema,
  BeforeImageRestore: beforeImageRestoreSchema,
};

/** What the server answers. */
const answered: Record<string, z.ZodType> = {
  PhoneNumber: phoneNumberSchema,
  ...namedBy('PhoneNumber', phoneNumberSchemas),
  RestoredPhoneNumber: restoredPhoneNumberSchema,
  ...namedBy('RestoredPhoneNumber', restoredPhoneNumberSchemas),
  NotRestored: notRestoredSchema,
  PhoneNumberList: phoneNumberListSchema,
  PhoneNumberReading: phoneNumberReadingSchema,
  LabelList: labelListSchema,
  RevealedCredential: revealedCredentialSchema,
  BulkPlan: bulkPlanSchema,
  BulkPlanRowList: bulkPlanRowListSchema,
  BulkJob: bulkJobSchema,
  BulkJobDetail: bulkJobDetailSchema,
  BulkJobList: bulkJobListSchema,
  BulkJobRowList: bulkJobRowListSchema,
  Import: importSchema,
  ImportRowList: importRowListSchema,
  BusinessHours: businessHoursSchema,
  BusinessHoursList: businessHoursListSchema,
  RouteAnswer: routeAnswerSchema,
  RoutePreview: routePreviewSchema,
  FindingList: findingListSchema,
  FindingsSummary: findingsSummarySchema,
  Agent: agentSchema,
  AgentAnswer: agentAnswerSchema,
  AgentList: agentListSchema,
  AgentUse: agentUseSchema,
  AgentUseList: agentUseListSchema,
  AuditEvent: auditEventSchema,
  AuditEventList: auditEventListSchema,
  Change: changeSchema,
  SetUpState: setUpStateSchema,
  Me: meSchema,
  FreshUntil: freshUntilSchema,
  Session: sessionSchema,
  SessionList: sessionListSchema,
  Notice: noticeSchema,
  NoticeList: noticeListSchema,
  Operator: operatorSchema,
  OperatorList: operatorListSchema,
  ApiKey: apiKeySchema,
  ApiKeyCreated: apiKeyCreatedSchema,
  ApiKeyList: apiKeyListSchema,
  Settings: settingsSchema,
  View: viewSchema,
  ViewList: viewListSchema,
  Connection: connectionSchema,
  ConnectionList: connectionListSchema,
  ConnectionImport: connectionImportSchema,
  ConnectionImportRow: connectionImportRowSchema,
  ConnectionImportRowList: connectionImportRowListSchema,
  Link: linkSchema,
  LinkDetail: linkDetailSchema,
  PendingChangeList: pendingChangeListSchema,
  DriftList: driftListSchema,
  Problem: problemSchema,
  FieldError: fieldErrorSchema,
};

const REF = '#/components/schemas/';
export const refTo = (name: string): JsonSchema => ({ $ref: REF + name });
export const nameOf = (schema: JsonSchema): string | null =>
  schema.$ref?.startsWith(REF) ? schema.$ref.slice(REF.length) : null;

// A format says it better than the pattern zod makes of it, and JSON knows no larger integer anyway.
const override = ({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }) => {
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
};

// In a document, a schema's place is its name.
const withoutAddress = ({ $schema: _schema, $id: _id, ...schema }: z.core.JSONSchema.BaseSchema) =>
  schema as JsonSchema;

const convertAll = (named: Record<string, z.ZodType>, io: 'input' | 'output'): Record<string, JsonSchema> => {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    io,
    uri: (id) => REF + id,
    unrepresentable: 'any',
    override,
  });
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, withoutAddress(schema)]));
};

/** Query and path parameters, which have no name of their own. */
export const convertParameters = (schema: z.ZodType): JsonSchema =>
  withoutAddress(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', override }));

const withDiscriminators = (schemas: Record<string, JsonSchema>): Record<string, JsonSchema> => {
  for (const schema of Object.values(schemas)) {
    const variants =
      schema.oneOf?.map(
        (variant) => [variant, schemas[nameOf(variant) ?? '']?.properties?.['provider']?.const] as const,
      ) ?? [];
    if (variants.length === 0 || !variants.every(([, provider]) => typeof provider === 'string')) continue;
    schema.discriminator = {
      propertyName: 'provider',
      mapping: Object.fromEntries(
        variants.map(([variant, provider]) => [String(provider), variant.$ref ?? '']),
      ),
    };
  }
  return schemas;
};

export const componentSchemas = (): Record<string, JsonSchema> =>
  withDiscriminators({ ...convertAll(sent, 'input'), ...convertAll(answered, 'output') });

const names = new Map(
  [...Object.entries(sent), ...Object.entries(answered)].map(([name, schema]) => [schema, name]),
);

/** A body of the contract by its name. Every body has one: a new endpoint adds it above. */
export const refToSchema = (schema: z.ZodType): JsonSchema => {
  const name = names.get(schema);
  if (name === undefined) throw new Error('A body in the contract has no name in documentation/schemas.ts');
  return refTo(name);
};
