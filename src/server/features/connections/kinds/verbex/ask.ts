import type { EgressAnswer } from '#server/platform/egress/exchange.ts';
import type { UpstreamClient } from '#server/features/connections/kinds/upstream/connection-kind.ts';
import { UpstreamError } from '#server/features/connections/kinds/upstream/upstream-error.ts';
import { secretFields } from './fields.ts';
import { nameBadAnswer, nameEgressFailure, nameRefusal, parseJson, type Asked } from './name-failure.ts';

const TIMEOUT_MS = 15_000;
// A hundred records have room in it many times over.
const MAX_BYTES = 2_000_000;

export interface Question {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** From the base address on: `/v1/phone-numbers`. */
  path: string;
  /** Of one record. */
  id?: string;
  query?: Readonly<Record<string, string>>;
  body?: Readonly<Record<string, string | null>>;
}

const otherSlash = (pathname: string) => (pathname.endsWith('/') ? pathname.slice(0, -1) : `${pathname}/`);

const urlOf = (baseUrl: string, { path, id, query = {} }: Question): URL => {
  if (!URL.canParse(baseUrl))
    throw new UpstreamError('wrong_address', 'The base address is no web address.', {
      reason: 'invalid_url',
    });
  const url = new URL(baseUrl);
  const item = id === undefined ? '' : `/${encodeURIComponent(id)}`;
  url.pathname = `${url.pathname.replace(/\/+$/, '')}${path}${item}`;
  url.search = new URLSearchParams(query).toString();
  url.hash = '';
  return url;
};

/** The answer only says that the path is written with (or without) a slash at its end. */
const isAboutSlash = ({ status, headers }: EgressAnswer, url: URL): boolean => {
  const { location } = headers;
  return (
    [301, 302, 307, 308].includes(status) &&
    location !== undefined &&
    URL.canParse(location, url.href) &&
    new URL(location, url).pathname === otherSlash(url.pathname)
  );
};

/**
 * Asks once, and reads what is answered. A redirect is never followed, for it may lead to http: where it is
 * about a slash, the other form is asked for at the same origin, once.
 */
export const ask = async (client: UpstreamClient, question: Question): Promise<unknown> => {
  const { egress, baseUrl, credentials, timeoutMs = TIMEOUT_MS, signal } = client;
  const { method, id, body } = question;
  const asked: Asked = {
    isWrite: method !== 'GET',
    isItem: id !== undefined,
    secrets: [
      credentials.api_key,
      ...Object.entries(body ?? {}).flatMap(([name, value]) =>
        value !== null && secretFields.has(name) ? [value] : [],
      ),
    ],
  };
  const send = (url: URL): Promise<EgressAnswer> =>
    egress
      .request({
        url: url.href,
        method,
        headers: {
          authorization: `Bearer ${credentials.api_key}`,
          accept: 'application/json',
          'user-agent': 'Cordboard',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        timeoutMs,
        maxBytes: MAX_BYTES,
        signal,
      })
      .catch((error: unknown) => {
        throw nameEgressFailure(error, asked);
      });

  const url = urlOf(baseUrl, question);
  let answer = await send(url);
  if (isAboutSlash(answer, url)) {
    url.pathname = otherSlash(url.pathname);
    answer = await send(url);
  }
  if (answer.status < 200 || answer.status > 299) throw nameRefusal(answer, asked);
  if (method === 'DELETE') return null;
  const parsed = parseJson(answer.body);
  if (!parsed.isJson) throw nameBadAnswer('not_json', asked, answer.status);
  if (typeof parsed.value !== 'object' || parsed.value === null)
    throw nameBadAnswer('unexpected_answer', asked, answer.status);
  return parsed.value;
};
