import type { z } from 'zod';
import type { FieldError } from '#contract/errors.ts';
import type { Provider } from '#contract/numbers/choices.ts';
import { credentialsOf, fieldOf, isFieldName, requiredOf } from '#contract/numbers/fields.ts';
import { phoneNumberCreateSchemas, type PhoneNumberCreate } from '#contract/numbers/phone-numbers.ts';
import type { Secrets } from '#server/features/credentials/held-secrets.ts';
import type { PhoneNumberAddition } from '#server/features/phone-numbers/acts/add.ts';
import { fieldErrors } from '#server/problem.ts';
import { agentFields, keptText, type AgentHere } from './compare.ts';
import type { Theirs } from '#server/features/bulk/connection-imports/reading/theirs.ts';

/**
 * What adds a number, but that a required credential may be left out: a platform may keep it to itself, and
 * its number is there all the same.
 */
const schemaOf = (provider: Provider): z.ZodObject => {
  const required: readonly string[] = requiredOf[provider];
  const empty = credentialsOf[provider].filter((name) => required.includes(name));
  const schema = phoneNumberCreateSchemas[provider] as unknown as z.ZodObject;
  return schema.partial(Object.fromEntries(empty.map((name) => [name, true])) as Record<string, never>);
};

/** The addition of a number that is not here, with the agents that are; or what is wrong with it. */
export const additionOf = (
  { judged, provider, fields }: Theirs,
  agentHere: AgentHere,
  secrets: Secrets,
): PhoneNumberAddition | { errors: FieldError[] } => {
  const body: Record<string, unknown> = { ...secrets, phone_number: judged.phone_number, provider };
  for (const [name, theirs] of Object.entries(fields)) {
    const value = keptText(theirs);
    if (value === null || !isFieldName(name)) continue;
    const own = agentFields.includes(name) ? agentHere(value) : value;
    if (own !== undefined) body[name] = own;
  }
  const read = schemaOf(provider).safeParse(body);
  return read.success
    ? { body: read.data as unknown as PhoneNumberCreate, judged }
    : { errors: fieldErrors(read.error.issues) };
};

/** What takes the platform's values over, of the fields that differ and can be taken. */
export const takingOf = (
  { provider, fields, marks }: Theirs,
  differing: readonly string[],
  agentHere: AgentHere,
  secrets: Secrets,
): Record<string, unknown> => {
  const patch: Record<string, unknown> = {};
  const required: readonly string[] = requiredOf[provider];
  for (const name of differing) {
    if (!isFieldName(name) || fieldOf(name).isFixed === true) continue;
    if (Object.hasOwn(marks, name)) {
      const secret = (secrets as Readonly<Record<string, string>>)[name];
      if (secret !== undefined) patch[name] = secret;
      else if (!required.includes(name)) patch[name] = null;
      continue;
    }
    const value = keptText(fields[name] ?? null);
    const own = value !== null && agentFields.includes(name) ? agentHere(value) : value;
    if (own !== undefined) patch[name] = own;
  }
  return patch;
};
