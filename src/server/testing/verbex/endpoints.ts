import type { ServerResponse } from 'node:http';
import { answerJson, type StandInRequest } from './faults.ts';
import { answered, applyPatch, findMistakes, makeRecord, type StandInRecord } from './records.ts';
import type { StandInState } from './state.ts';

export type Answer = (response: ServerResponse) => void;

const json =
  (status: number, body: unknown): Answer =>
  (response) =>
    answerJson(response, status, body);

const PATTERN = /^\/v1\/phone-numbers(?:\/([^/]+))?\/?$/;

const tokenAt = (offset: number) => Buffer.from(`at:${offset}`).toString('base64url');
const offsetOf = (token: string | null): number | null => {
  if (token === null) return 0;
  const [, offset] = /^at:(\d+)$/.exec(Buffer.from(token, 'base64url').toString()) ?? [];
  return offset === undefined ? null : Number(offset);
};

let turn = 0;

/** A bad token gets an empty page, and a full page always a token: the last page may be empty. */
const listPage = (
  state: StandInState,
  { query }: StandInRequest,
  field: string,
  every: readonly unknown[],
): Answer => {
  const asked = query.get('page_size');
  if (state.requiresPageSize && asked === null)
    return json(422, { detail: [{ loc: ['query', 'page_size'], msg: 'Field required', type: 'missing' }] });
  const size = Number(asked ?? 20);
  if (size < 1 || size > 100)
    return json(422, { detail: [{ loc: ['query', 'page_size'], msg: 'Input should be at most 100' }] });
  const offset = offsetOf(query.get('page_token'));
  if (state.pages === 'same_token')
    return json(200, { [field]: every.slice(0, size), next_page_token: 'same' });
  if (state.pages === 'never_end')
    return json(200, { [field]: every.slice(0, size), next_page_token: `turn-${turn++}` });
  const page = offset === null ? [] : every.slice(offset, offset + size);
  return json(200, {
    [field]: page,
    next_page_token: offset !== null && page.length === size ? tokenAt(offset + size) : null,
  });
};

const missing = ({ missing: how }: StandInState): Answer =>
  how === 404
    ? json(404, { detail: 'Phone number not found' })
    : (response) => response.writeHead(500, { 'content-type': 'text/plain' }).end('Internal Server Error');

const create = (state: StandInState, body: Record<string, unknown>): Answer => {
  const { phone_number, provider, sip_infra_region, ...fields } = body;
  if (typeof phone_number !== 'string' || typeof provider !== 'string')
    return json(422, { detail: [{ loc: ['body', 'phone_number'], msg: 'Field required', input: body }] });
  if ([...state.numbers.values()].some((each) => each.phone_number === phone_number))
    return json(400, {
      data: null,
      message: 'Phone number exists',
      status: 'error',
      error_details: { phone_number: ['already registered'] },
    });
  const mistakes = findMistakes(provider, fields);
  if (mistakes.length > 0) return json(422, { detail: mistakes });
  const region = sip_infra_region === undefined ? {} : { sip_infra_region };
  const record = makeRecord({ ...fields, ...region, phone_number, provider });
  state.numbers.set(record._id, record);
  return json(201, answered(record, state));
};

const change = (state: StandInState, record: StandInRecord, body: Record<string, unknown>): Answer => {
  const mistakes = findMistakes(record.provider, body);
  if (mistakes.length > 0) return json(422, { detail: mistakes });
  applyPatch(record, body, state.wipes);
  return json(200, answered(record, state));
};

/** Does what is asked, and says how it would be answered. */
export const perform = (state: StandInState, request: StandInRequest): Answer => {
  const { method, path, authorization, body } = request;
  if (authorization !== `Bearer ${state.key}`)
    return json(401, {
      status: 'error',
      message: `Invalid API key ${authorization?.slice(0, 14)}`,
      error: 'unauthorized',
    });
  if (state.isKeyExpired)
    return json(401, { status: 'error', message: 'API key has expired', error: 'unauthorized' });
  if (/^\/v2\/ai-agents\/?$/.test(path) && method === 'GET')
    return listPage(state, request, 'data', [...state.agents.values()]);
  const [match, id] = PATTERN.exec(path) ?? [];
  if (match === undefined) return json(404, { detail: 'Not Found' });
  const sent = (body ?? {}) as Record<string, unknown>;
  if (id === undefined) {
    if (method === 'POST') return create(state, sent);
    const every = [...state.numbers.values()].map((record) => answered(record, state));
    return listPage(state, request, 'phone_numbers', every);
  }
  const record = state.numbers.get(decodeURIComponent(id));
  if (record === undefined) return missing(state);
  if (method === 'GET') return json(200, answered(record, state));
  if (method === 'PATCH') return change(state, record, sent);
  if (method !== 'DELETE') return json(405, { detail: 'Method Not Allowed' });
  state.numbers.delete(record._id);
  return json(200, { message: 'Phone number deleted', status: 'success' });
};
