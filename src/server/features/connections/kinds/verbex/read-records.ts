import { z } from 'zod';
import { isStorable, withoutHalves } from '#contract/reading/storable.ts';
import type {
  Page,
  UpstreamAgent,
  UpstreamNumber,
  UpstreamSecret,
} from '#server/features/connections/kinds/upstream/connection-kind.ts';
import { UpstreamError } from '#server/features/connections/kinds/upstream/upstream-error.ts';
import { fieldsOf } from './fields.ts';

// It becomes a part of a path, where `.` and `..` would mean another one.
const idSchema = z
  .string()
  .min(1)
  .max(200)
  .refine((id) => !/^\.{1,2}$/.test(id));

// Whatever else is in them is kept: what an upstream adds must not stop anything.
const numberSchema = z.looseObject({
  _id: idSchema,
  phone_number: z.string().min(1).max(200),
  provider: z.string().min(1).max(60),
});
const agentSchema = z.looseObject({
  ai_agent_id: idSchema,
  agent_name: z.string().nullish(),
  agent_status: z.string().nullish(),
  language_code: z.string().nullish(),
});
const fieldSchema = z.string().nullable();

type Read<T> = { isUsable: true; item: T } | { isUsable: false; id: string | null; why: string };

const IS_WRONG = 'is missing, or is not what it should be.';
const CANNOT_BE_KEPT = 'holds characters that no text can have: NUL, or halves of others.';
const unstorable = (record: Readonly<Record<string, unknown>>, names: readonly string[]) =>
  names.find((name) => Object.hasOwn(record, name) && !isStorable(record[name]));

const fieldAt = ({ issues }: z.ZodError) => issues[0]?.path.join('.') ?? '';
const unusable = (raw: unknown, field: string, idField: string, what = IS_WRONG): Read<never> => {
  const id = typeof raw === 'object' && raw !== null ? (raw as Record<string, unknown>)[idField] : null;
  const why = field === '' ? 'It is no record.' : `${field} ${what}`;
  const told = typeof id === 'string' && isStorable(id) ? withoutHalves(id.slice(0, 200)) : null;
  return { isUsable: false, id: told, why };
};

// What stands in place of a secret, with or without its first or last characters.
const isMask = (value: string) => /[*•●·…]{3,}|^(?:x{4,}|<?(?:hidden|redacted|masked)>?)$/i.test(value);

const secretOf = (value: string | null | undefined): UpstreamSecret => {
  if (value === undefined || (value !== null && isMask(value))) return { state: 'withheld' };
  return value === null || value === '' ? { state: 'none' } : { state: 'clear', value };
};

export const readNumber = (raw: unknown): Read<UpstreamNumber> => {
  const parsed = numberSchema.safeParse(raw);
  if (!parsed.success) return unusable(raw, fieldAt(parsed.error), '_id');
  const { data } = parsed;
  const { editable, secret, fixed } = fieldsOf(data.provider);
  const wrong = [...editable, ...secret, ...fixed].find(
    (name) => Object.hasOwn(data, name) && !fieldSchema.safeParse(data[name]).success,
  );
  if (wrong !== undefined) return unusable(raw, wrong, '_id');
  // Of what else is in it nothing is kept but sealed.
  const kept = ['_id', 'phone_number', 'provider', ...editable, ...secret, ...fixed];
  const notText = unstorable(data, kept);
  if (notText !== undefined) return unusable(raw, notText, '_id', CANNOT_BE_KEPT);
  const textOf = (name: string) =>
    Object.hasOwn(data, name) ? (data[name] as string | null | undefined) : undefined;
  return {
    isUsable: true,
    item: {
      id: data._id,
      phone_number: data.phone_number,
      provider: data.provider,
      fields: Object.fromEntries(
        [...editable, ...fixed]
          .filter((name) => textOf(name) !== undefined)
          .map((name) => [name, textOf(name) ?? null]),
      ),
      secrets: Object.fromEntries(secret.map((name) => [name, secretOf(textOf(name))])),
      raw: data,
    },
  };
};

export const readAgent = (raw: unknown): Read<UpstreamAgent> => {
  const parsed = agentSchema.safeParse(raw);
  if (!parsed.success) return unusable(raw, fieldAt(parsed.error), 'ai_agent_id');
  const { data } = parsed;
  const notText = unstorable(data, Object.keys(agentSchema.shape));
  if (notText !== undefined) return unusable(raw, notText, 'ai_agent_id', CANNOT_BE_KEPT);
  return {
    isUsable: true,
    item: {
      id: data.ai_agent_id,
      name: data.agent_name ?? null,
      status: data.agent_status ?? null,
      language: data.language_code ?? null,
      raw: data,
    },
  };
};

// A hundred are asked for at once; each that cannot be read costs time, and whoever calls waits for it.
const MAX_ITEMS = 1000;
// It goes into the next address.
const tokenSchema = z.union([z.string().max(2048), z.number().transform(String)]).nullish();

const noList = (why: string) =>
  new UpstreamError('unexpected_answer', `The platform answered no list that can be read: ${why}.`);

/** Of a page the items stand under one name, and the token of the next beside them; it ends without one. */
export const readPage = <T>(
  body: unknown,
  itemsField: string,
  readItem: (raw: unknown) => Read<T>,
): Page<T> & { nextToken: string | null } => {
  const { [itemsField]: items, next_page_token } = body as Record<string, unknown>;
  if (!Array.isArray(items)) throw noList(`${itemsField} is missing`);
  if (items.length > MAX_ITEMS) throw noList(`${itemsField} holds more than ${MAX_ITEMS} at once`);
  const parsed = tokenSchema.safeParse(next_page_token);
  if (!parsed.success) throw noList('next_page_token is not what it should be');
  const { data: token } = parsed;
  const read = (items as unknown[]).map(readItem);
  return {
    items: read.flatMap((each) => (each.isUsable ? [each.item] : [])),
    unusable: read.flatMap((each) => (each.isUsable ? [] : [{ id: each.id, why: each.why }])),
    nextToken: token === undefined || token === '' ? null : token,
  };
};
