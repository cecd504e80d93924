import { pointerTo } from '#contract/pointer.ts';
import { z } from 'zod';
import type { Endpoint } from '#contract/endpoint.ts';
import { bodyLimits } from '#contract/body-limits.ts';
import type { FieldError } from '#contract/errors.ts';
import { fieldErrors, fieldProblem, Problem } from '#server/problem.ts';
import { judge, judgeByField, type Judged } from './judge-by-field.ts';
import { openUpload } from './read-upload.ts';
import { readBody, type ReadBody, type Reading } from './read-body.ts';

const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/;

const accept = <T>(judged: Judged<T>): T => {
  if (!judged.success) throw fieldProblem(fieldErrors(judged.issues));
  return judged.data;
};

const isList = (schema: unknown): boolean =>
  schema instanceof z.ZodOptional ? isList(schema.unwrap()) : schema instanceof z.ZodArray;

const sentTwice = (name: string) =>
  fieldProblem([
    { pointer: pointerTo(name), code: 'duplicate_parameter', message: 'Send this parameter once.' },
  ]);

/** What is wrong with one of a parameter's values is wrong with the parameter. */
const ofParameter = <I extends z.core.$ZodIssue>(issue: I): I => ({ ...issue, path: issue.path.slice(0, 1) });

const isNews = ({ pointer, message }: FieldError, at: number, all: readonly FieldError[]) =>
  all.findIndex((other) => other.pointer === pointer && other.message === message) === at;

const readQuery = (schema: z.ZodObject, url: URL): unknown => {
  const given = new Map<string, string | string[]>();
  for (const [name, value] of url.searchParams) {
    const before = given.get(name);
    if (Array.isArray(before)) before.push(value);
    else if (before !== undefined) throw sentTwice(name);
    else given.set(name, isList(schema.shape[name]) ? [value] : value);
  }
  const judged = judge(schema, Object.fromEntries(given));
  if (judged.success) return judged.data;
  throw fieldProblem(fieldErrors(judged.issues.map(ofParameter)).filter(isNews));
};

const anyObject = z.record(z.string(), z.unknown());

const readJson = async (
  { body, mergesWithStored, maxBodyBytes }: Endpoint,
  request: Request,
  reading: Reading,
): Promise<ReadBody> => {
  if (!body) return { value: undefined, isLarge: false };
  const schema = mergesWithStored ? anyObject : body;
  if (!/^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(request.headers.get('content-type') ?? ''))
    throw new Problem('unsupported_media_type', 'Send the body as JSON with Content-Type: application/json.');
  const { value, isLarge } = await readBody(request, maxBodyBytes ?? bodyLimits.usual, reading);
  return {
    value: accept(isLarge ? await judgeByField(reading.asker, schema, value) : judge(schema, value)),
    isLarge,
  };
};

export interface RequestParts {
  params: unknown;
  query: unknown;
  body: unknown;
  /** What the body holds is worth turns of its own wherever all of it is looked at. */
  isLarge: boolean;
}

/**
 * Everything the caller sent, parsed by the endpoint's schemas. Throws a problem that names each offending
 * field.
 */
export const readRequest = async (
  endpoint: Endpoint,
  request: Request,
  pathParams: Record<string, string>,
  reading: Reading,
): Promise<RequestParts> => {
  const params = endpoint.params?.safeParse(pathParams);
  if (params && !params.success) throw new Problem('not_found', 'Nothing has this id.');
  const query = endpoint.query ? readQuery(endpoint.query, new URL(request.url)) : undefined;
  if (endpoint.upload)
    return { params: params?.data, query, body: openUpload(endpoint, request), isLarge: false };
  const { value: body, isLarge } = await readJson(endpoint, request, reading);
  return { params: params?.data, query, body, isLarge };
};

/** The version in `If-Match`, or null where the caller does not ask for one. */
export const readIfMatch = (headers: Headers): number | null => {
  const value = headers.get('if-match')?.trim();
  if (value === undefined || value === '*') return null;
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(value)?.[1];
  if (version === undefined)
    throw new Problem(
      'invalid_request',
      'Send If-Match as the ETag you were given, in double quotes, as in "3".',
    );
  return Number(version);
};

export const readIdempotencyKey = (headers: Headers): string | null => {
  const key = headers.get('idempotency-key');
  if (key !== null && !IDEMPOTENCY_KEY.test(key))
    throw new Problem('invalid_request', 'Send an Idempotency-Key of 1 to 255 visible ASCII characters.');
  return key;
};
