import type { Answer, ApiRequest, EndpointKey } from '#contract/api.ts';
import { ApiError, isJudged, mayBeDone, offlineError, problemOf } from './api-error.ts';
import { dropEarly, takeEarly } from './early.ts';
import { signedInAgain } from './sign-in-again.ts';

/*
 * The only fetch of the console. Whatever it sends is typed by the contract, and whatever goes wrong is
 * thrown as an ApiError. Only types come from the contract: its schemas would put zod into the first view.
 */

interface Options {
  /** The version the change is based on. */
  ifMatch?: number;
  /** Makes a repetition harmless: where the answer is lost, the request is sent again. One key for one act. */
  idempotencyKey?: string;
  signal?: AbortSignal;
  /** An ended session is an answer like any other: nobody is asked to sign in again for it. */
  mayBeSignedOut?: true;
  /** How often it is asked again while too much is asked at once; often, unless told otherwise. */
  busyTries?: number;
  /** Told what the answer says beside its body. */
  onHeaders?: (headers: Headers) => void;
}

/** What a query holds; the schemas type some of it `unknown`, because they turn any text into a number. */
type Scalar = string | number | boolean;

export interface AnyCall extends Options {
  params?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: unknown;
}

/**
 * The URL of a call; a list is a parameter that is repeated. Parameters are sorted, so that equal questions
 * have equal URLs.
 */
export const urlOf = (path: string, { params, query }: Pick<AnyCall, 'params' | 'query'>) => {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params?.[name] ?? ''));
  const search = new URLSearchParams();
  for (const [name, values] of Object.entries(query ?? {}))
    for (const value of [values].flat())
      if (value !== undefined && value !== null && value !== '') search.append(name, String(value as Scalar));
  search.sort();
  return search.size > 0 ? `${filled}?${search}` : filled;
};

const headersOf = ({ body, ifMatch, idempotencyKey }: AnyCall) => {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (ifMatch !== undefined) headers['If-Match'] = `"${ifMatch}"`;
  if (idempotencyKey !== undefined) headers['Idempotency-Key'] = idempotencyKey;
  return headers;
};

const send = async (method: string, url: string, request: AnyCall): Promise<Response> => {
  if (method !== 'GET') dropEarly();
  const early = takeEarly(url);
  try {
    return await (early ??
      fetch(url, {
        method,
        headers: headersOf(request),
        body: request.body === undefined ? undefined : JSON.stringify(request.body),
        signal: request.signal,
      }));
  } catch (thrown) {
    // React Query tells a cancelled question from a failed one by the abort itself.
    if (request.signal?.aborted) throw thrown;
    throw offlineError();
  }
};

// Too much was asked at once, and nothing of it was done: whoever looks at the list sees it load a little
// longer.
const BUSY_TRIES = 20;

const rest = (ms: number, signal: AbortSignal | undefined) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => resolve(), { once: true });
  });

const SIGN_IN_TRIES = 3;
const askWhoIsSignedIn = () => send('GET', '/v1/me', {});

/** Sends, by `sendIt`, until the answer is one to the request itself; every other is thrown as an ApiError. */
export const sendUntilHeard = async (
  method: string,
  url: string,
  request: AnyCall,
  sendIt = send,
): Promise<Response> => {
  for (let tries = 1; ; tries++) {
    const response = await sendIt(method, url, request);
    if (response.ok) return response;
    const problem = await problemOf(response);
    const isAskedAgain =
      problem.code === 'unauthenticated' && request.mayBeSignedOut !== true && tries < SIGN_IN_TRIES;
    if (isAskedAgain && (await signedInAgain(method, askWhoIsSignedIn))) continue;
    if (problem.code !== 'too_many_requests' || tries >= (request.busyTries ?? BUSY_TRIES)) throw problem;
    // Not all at the same moment, or they would be too many again.
    await rest((problem.retryAfterSeconds ?? 1) * (500 + Math.random() * 1000), request.signal);
  }
};

const answerOf = async (method: string, url: string, request: AnyCall): Promise<unknown> => {
  const response = await sendUntilHeard(method, url, request);
  request.onHeaders?.(response.headers);
  if (response.status === 204) return undefined;
  try {
    return await response.json();
  } catch (thrown) {
    if (request.signal?.aborted) throw thrown;
    throw offlineError();
  }
};

// A connection that broke is there again at once, or for longer than anybody would wait.
const LOST_TRIES = 3;
const LOST_REST_MS = 300;

export const call = async <K extends EndpointKey>(
  key: K,
  request: ApiRequest<K> & Options,
): Promise<Answer<K>> => {
  const asked: AnyCall = request;
  const [method = 'GET', path = ''] = key.split(' ');
  let lost: ApiError | undefined;
  for (let tries = 1; ; tries++) {
    try {
      return (await answerOf(method, urlOf(path, asked), asked)) as Answer<K>;
    } catch (thrown) {
      if (!(thrown instanceof ApiError) || isJudged(thrown)) throw thrown;
      // What is refused unseen says nothing of the try before, whose answer was lost.
      if (mayBeDone(thrown)) lost ??= thrown;
      if (lost === undefined) throw thrown;
      if (asked.idempotencyKey === undefined || tries === LOST_TRIES) throw lost;
      await rest(LOST_REST_MS * tries, asked.signal);
    }
  }
};

/** A file, answered once it has begun; what breaks off later is thrown by its body. */
export const download = <K extends EndpointKey>(
  key: K,
  request: ApiRequest<K> & Pick<Options, 'signal'>,
): Promise<Response> => {
  const [method = 'GET', path = ''] = key.split(' ');
  const asked: AnyCall = { ...request, busyTries: 1 };
  return sendUntilHeard(method, urlOf(path, asked), asked);
};
