import type { z } from 'zod';
import type { Endpoint } from '#contract/endpoint.ts';
import { fieldErrors, fieldProblem, pointerTo, Problem } from './problem.ts';

export const MAX_BODY_BYTES = 1024 * 1024;
const utf8 = new TextDecoder('utf-8', { fatal: true });
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/;

const tooLarge = (atMost: number) => new Problem('body_too_large', `Send at most ${atMost === MAX_BODY_BYTES ? '1 MiB' : `${atMost / 1024} KiB`}.`);

/** A body that says how long it is comes whole: passing it through a stream costs more than all the rest of a small request. */
const readWhole = async (request: Request, atMost: number): Promise<Uint8Array> => {
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (bytes.byteLength > atMost) throw tooLarge(atMost);
  return bytes;
};

const readStream = async (request: Request, atMost: number): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > atMost) throw tooLarge(atMost);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const readText = async (request: Request, atMost: number): Promise<string> => {
  const length = request.headers.get('content-length');
  if (Number(length ?? 0) > atMost) throw tooLarge(atMost);
  let bytes: Uint8Array;
  try {
    bytes = await (length === null ? readStream(request, atMost) : readWhole(request, atMost));
  } catch (error) {
    if (error instanceof Problem) throw error;
    // The sender went away half-way: nothing failed on our side.
    throw new Problem('invalid_request', 'The body broke off before its end.');
  }
  try {
    return utf8.decode(bytes);
  } catch {
    throw new Problem('invalid_json', 'Send the body as UTF-8.');
  }
};

// A key named __proto__ would vanish on the way through any object; nothing is ever dropped silently.
const refuseProto = (key: string, value: unknown) => {
  if (key === '__proto__') throw new Problem('unknown_field', 'Remove the key __proto__.');
  return value;
};

const parseJson = (text: string): unknown => {
  try {
    return /__proto__|\\u/.test(text) ? JSON.parse(text, refuseProto) : JSON.parse(text);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem('invalid_json', 'Send one JSON value; what came could not be parsed.');
  }
};

const check = <T>(schema: z.ZodType<T>, value: unknown): T => {
  const result = schema.safeParse(value, { reportInput: true });
  if (!result.success) throw fieldProblem(fieldErrors(result.error.issues));
  return result.data;
};

const readQuery = (schema: z.ZodType, url: URL): unknown => {
  const entries = [...url.searchParams];
  const names = new Set(entries.map(([name]) => name));
  if (names.size < entries.length) {
    const twice = entries.find(([name], index) => entries.findIndex(([other]) => other === name) < index)?.[0] ?? '';
    throw fieldProblem([{ pointer: pointerTo(twice), code: 'duplicate_parameter', message: 'Send this parameter once.' }]);
  }
  return check(schema, Object.fromEntries(entries));
};

export interface RequestParts {
  params: unknown;
  query: unknown;
  body: unknown;
  /** The body as sent; empty where the endpoint takes none. */
  text: string;
}

/** Everything the caller sent, parsed by the endpoint's schemas. Throws a problem that names each offending field. */
export const readRequest = async (endpoint: Endpoint, request: Request, pathParams: Record<string, string>): Promise<RequestParts> => {
  const params = endpoint.params?.safeParse(pathParams);
  if (params && !params.success) throw new Problem('not_found', 'Nothing has this id.');
  const query = endpoint.query ? readQuery(endpoint.query, new URL(request.url)) : undefined;
  let body: unknown;
  let text = '';
  if (endpoint.body) {
    if (!/^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(request.headers.get('content-type') ?? ''))
      throw new Problem('unsupported_media_type', 'Send the body as JSON with Content-Type: application/json.');
    text = await readText(request, endpoint.maxBodyBytes ?? MAX_BODY_BYTES);
    body = check(endpoint.body, parseJson(text));
  }
  return { params: params?.data, query, body, text };
};

/** The version in `If-Match`, or null where the caller does not ask for one. */
export const readIfMatch = (headers: Headers): number | null => {
  const value = headers.get('if-match')?.trim();
  if (value === undefined || value === '*') return null;
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(value)?.[1];
  if (version === undefined) throw new Problem('invalid_request', 'Send If-Match as the ETag you were given, in double quotes, as in "3".');
  return Number(version);
};

export const readIdempotencyKey = (headers: Headers): string | null => {
  const key = headers.get('idempotency-key');
  if (key !== null && !IDEMPOTENCY_KEY.test(key))
    throw new Problem('invalid_request', 'Send an Idempotency-Key of 1 to 255 visible ASCII characters.');
  return key;
};
