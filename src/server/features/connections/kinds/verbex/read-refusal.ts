import { z } from 'zod';
import { quoteUpstream } from '#server/features/connections/kinds/upstream/quote-upstream.ts';
import type { UpstreamProblem } from '#server/features/connections/kinds/upstream/upstream-error.ts';
import { knownFields, secretFields } from './fields.ts';

/*
 * Verbex says what is wrong in three shapes: `{detail}`, a text or a list; `{status, message, error}`; and
 * `{data, message, status, error_details}`. Its lists also say what was sent (`input`): that is not read.
 */

const entrySchema = z.object({
  loc: z.array(z.union([z.string(), z.number()])).optional(),
  field: z.string().optional(),
  msg: z.string().optional(),
  message: z.string().optional(),
});
const refusalSchema = z.object({
  detail: z.unknown(),
  message: z.unknown(),
  error: z.unknown(),
  error_details: z.unknown(),
});

const MAX_SAID = 20;
const MAX_DEPTH = 3;

interface Said {
  field: string | null;
  text: string;
}

const saidByEntry = (entry: unknown): Said[] => {
  if (typeof entry === 'string') return [{ field: null, text: entry }];
  const parsed = entrySchema.safeParse(entry);
  if (!parsed.success) return [];
  const { loc = [], field = loc.findLast((part) => typeof part === 'string'), msg, message } = parsed.data;
  const text = msg ?? message;
  return text === undefined ? [] : [{ field: field ?? null, text }];
};

/** No more than so many, however wide or deep it is: an answer may be made to keep the server busy. */
const saidBy = (value: unknown, depth = MAX_DEPTH): Said[] => {
  if (Array.isArray(value)) return value.slice(0, MAX_SAID).flatMap(saidByEntry);
  const said = saidByEntry(value);
  if (said.length > 0 || depth === 0 || typeof value !== 'object' || value === null) return said;
  // By field: `{"friendly_name": ["too long"]}`.
  for (const [field, texts] of Object.entries(value).slice(0, MAX_SAID)) {
    said.push(...saidBy(texts, depth - 1).map(({ text }) => ({ field, text })));
    if (said.length >= MAX_SAID) break;
  }
  return said.slice(0, MAX_SAID);
};

const problemOf = ({ field, text }: Said, secrets: readonly string[]): UpstreamProblem => {
  const known = field !== null && knownFields.has(field) ? field : null;
  // Of a secret not even what is wrong with it is quoted.
  const quoted = known !== null && secretFields.has(known) ? null : quoteUpstream(text, secrets);
  return { field: known, message: quoted ?? 'The platform does not accept this value.' };
};

/** What a refusal says, none where it is in no shape that is known; without what was sent in secret. */
export const readProblems = (body: unknown, secrets: readonly string[]): UpstreamProblem[] => {
  const parsed = refusalSchema.partial().safeParse(body);
  if (!parsed.success) return [];
  const { detail, error_details: details, error, message } = parsed.data;
  const said = [saidBy(detail), saidBy(details), saidBy(message), saidBy(error)].find(
    (each) => each.length > 0,
  );
  return (said ?? []).map((each) => problemOf(each, secrets));
};

/** The platform says of the key that its time is over. */
export const saysExpired = (body: unknown): boolean =>
  readProblems(body, []).some(({ message }) => /\bexpired?\b/i.test(message));
