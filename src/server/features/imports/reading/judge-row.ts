import { isDeepStrictEqual } from 'node:util';
import type { FieldError } from '#contract/errors.ts';
import { choiceWords } from '#contract/numbers/choice-words.ts';
import { providerNames } from '#contract/numbers/choices.ts';
import { fieldOf, hasField, isFieldName, type FieldName } from '#contract/numbers/fields.ts';
import {
  phoneNumberCreateSchema,
  type PhoneNumber,
  type PhoneNumberCreate,
} from '#contract/numbers/phone-numbers.ts';
import type { AgentField } from '#contract/numbers/table/headings.ts';
import { partsOfPointer } from '#contract/pointer.ts';
import { lookOf } from '#contract/reading/text.ts';
import { judge } from '#server/platform/http/body/judge-by-field.ts';
import { fieldErrors } from '#server/problem.ts';
import { findDamage } from './find-damage.ts';
import { isRecord } from './is-record.ts';
import { ERRORS_TOLD, shownValue, type CellError, type RowReading } from './row.ts';

/** The id of the agent of this name; undefined where there is none. */
export type FindAgent = (name: string) => string | undefined;

/** Names that look alike are one agent. */
export const createAgentFinder = (agents: readonly { id: string; name: string }[]): FindAgent => {
  const ids = new Map(agents.map(({ id, name }) => [lookOf(name), id]));
  return (name) => ids.get(lookOf(name));
};

const isText = (value: unknown): value is string => typeof value === 'string';
const isSecret = (field: string | undefined) =>
  field !== undefined && isFieldName(field) && fieldOf(field).kind === 'credential';

/** What stands in a field of a row, cut where it is long; null of a secret, and of nothing. */
const shownIn = (row: RowReading, field: string): string | null => {
  const given: unknown =
    field === 'phone_number'
      ? row.phoneNumber?.phone_number
      : (row.agentNames[field as AgentField] ?? row.values[field as FieldName]);
  if (given === undefined || given === null || isSecret(field)) return null;
  return shownValue(isText(given) ? given : JSON.stringify(given));
};

/** What the acts have against a row, by the columns of its file. */
export const cellErrorsOf = (row: RowReading, errors: readonly FieldError[]): CellError[] => {
  const shownOf = new Map<string, string | null>();
  return errors.slice(0, ERRORS_TOLD).map(({ pointer, code, message }) => {
    const [field = ''] = partsOfPointer(pointer);
    if (!shownOf.has(field)) shownOf.set(field, shownIn(row, field));
    return {
      column: row.columns[field] ?? (field || null),
      value: shownOf.get(field) ?? null,
      code,
      message,
    };
  });
};

const namedAgents = (row: RowReading, findAgent: FindAgent) => {
  const values: Record<string, unknown> = { ...row.values };
  const errors: FieldError[] = [];
  for (const [field, name] of Object.entries(row.agentNames)) {
    const id = findAgent(name);
    if (id !== undefined) values[field] = id;
    else
      errors.push({
        pointer: `/${field}`,
        code: 'agent_not_found',
        message: `No agent is called “${shownValue(name)}”. Correct the name, or import with unknown_agents=create.`,
      });
  }
  return { values, errors };
};

// A login or an account that was all digits.
const damageOf = (name: string, value: unknown): FieldError[] => {
  const damage =
    isText(value) && (name === 'sip_trunk_username' || isSecret(name)) ? findDamage(value) : null;
  return damage?.code === 'spreadsheet_rounded' ? [{ pointer: `/${name}`, ...damage }] : [];
};

const isNothing = (value: unknown) => value === null || (Array.isArray(value) && value.length === 0);

export type Judged<T> = T | { errors: CellError[] };

/**
 * The body that adds the number of a row, as `POST /v1/phone-numbers` takes it, judged by the same schema.
 * An empty cell is left out.
 */
export const additionOf = (row: RowReading, findAgent: FindAgent): Judged<{ body: PhoneNumberCreate }> => {
  if (row.errors.length > 0 || row.phoneNumber === null) return { errors: row.errors };
  const { values, errors } = namedAgents(row, findAgent);
  const given = Object.entries(values).filter(([, value]) => !isNothing(value));
  errors.push(...given.flatMap(([name, value]) => damageOf(name, value)));
  // First: a choice for the whole file mends it, and the first is by what rows are counted.
  if (row.provider === null)
    errors.unshift({
      pointer: '/provider',
      code: 'provider_missing',
      message: `A number that is added needs a provider. Write ${choiceWords(providerNames)}, or import with a default_provider.`,
    });
  else {
    const { phone_number } = row.phoneNumber;
    const body = { phone_number, provider: row.provider, ...Object.fromEntries(given) };
    const judged = judge(phoneNumberCreateSchema, body);
    if (judged.success && errors.length === 0) return { body: judged.data };
    errors.push(...(judged.success ? [] : fieldErrors(judged.issues)));
  }
  return { errors: cellErrorsOf(row, errors) };
};

/** Metadata in a file is all there is of it: what it does not name is removed. */
const metadataPatch = (value: unknown, stored: PhoneNumber['metadata']): unknown => {
  if (!isRecord(value)) return value;
  const gone = Object.keys(stored).filter((key) => !Object.hasOwn(value, key));
  return { ...value, ...Object.fromEntries(gone.map((key) => [key, null])) };
};

/** What a cell cannot say: an empty one is a text of no characters as well as none. */
const isAsStored = (value: unknown, stored: unknown) =>
  isDeepStrictEqual(value, stored) ||
  (value === null && (stored === '' || (isRecord(stored) && Object.keys(stored).length === 0)));

/**
 * The patch that makes a stored number what its row says, as `PATCH` takes it: only what differs, to be
 * judged by the act. The mask stays, and means unchanged there.
 */
export const patchOf = (
  row: RowReading,
  stored: PhoneNumber,
  findAgent: FindAgent,
): Judged<{ patch: Record<string, unknown> }> => {
  if (row.errors.length > 0) return { errors: row.errors };
  const { values, errors } = namedAgents(row, findAgent);
  if (row.provider !== null && row.provider !== stored.provider)
    errors.push({
      pointer: '/provider',
      code: 'read_only',
      message: `The number is there, as ${providerNames[stored.provider]} (${stored.provider}): its provider cannot be changed.`,
    });
  const patch: Record<string, unknown> = {};
  const record: Readonly<Record<string, unknown>> = stored;
  for (const [name, value] of Object.entries(values)) {
    if (isNothing(value) && !hasField(stored.provider, name as FieldName)) continue;
    if (isAsStored(value, record[name])) continue;
    errors.push(...damageOf(name, value));
    patch[name] = name === 'metadata' ? metadataPatch(value, stored.metadata) : value;
  }
  return errors.length > 0 ? { errors: cellErrorsOf(row, errors) } : { patch };
};
