import type { AuthenticateOptions } from '#server/request-context.ts';
import { randomUUID } from 'node:crypto';
import { Hono, type Context } from 'hono';
import { api, type Answer, type EndpointKey, type ParsedRequest } from '#contract/api.ts';
import type { Endpoint } from '#contract/endpoint.ts';
import { MemoryStale } from '#server/platform/changes/memory-first.ts';
import type { OpenBodyHash } from '#server/platform/idempotency/body-hash.ts';
import type { Log } from '#server/log.ts';
import { actorKey, type Actor, type RequestContext } from '#server/request-context.ts';
import { assertAllowed } from '#server/access.ts';
import type { LargeBodies } from '#server/platform/http/body/large-bodies.ts';
import { isForOtherHost } from './own-host.ts';
import { Problem } from '#server/problem.ts';
import { problemOfDatabase } from './problem-of-database.ts';
import { readIdempotencyKey, readIfMatch, readRequest } from '#server/platform/http/body/read-request.ts';
import { respondEmpty, respondJson, type AnswerHeaders } from './respond.ts';
import { allowSlowSender } from './slow-senders.ts';
import { refuseCrossSite } from './same-origin.ts';

/*
 * The promise: every endpoint of the contract, and nothing else, is reached through here; who asks is known,
 * access is decided and the input is parsed before a handler runs; every failure leaves as a problem that
 * tells nothing internal.
 */

export interface Handling<K extends EndpointKey> extends ParsedRequest<K> {
  context: RequestContext;
  request: Request;
  /** Headers of the answer, for cookies. */
  headers: Headers;
}

type Reply<K extends EndpointKey> = (typeof api)[K] extends { stream: string } | { file: readonly string[] }
  ? Response
  : Answer<K>;
export type Handler<K extends EndpointKey> = (call: Handling<K>) => Promise<Reply<K>> | Reply<K>;
export type Handlers = { [K in EndpointKey]: Handler<K> };

export interface MountDependencies {
  handlers: Handlers;
  /** Who sent this request; null for nobody. Throws where what was sent is refused outright. */
  authenticate: (request: Request, how: AuthenticateOptions) => Promise<Actor | null>;
  addressOf: (request: Request, env: unknown) => string | null;
  /** Tells one body from another, for retries. */
  openBodyHash: OpenBodyHash;
  largeBodies: LargeBodies;
  /** Where this process stands among the changes. */
  changesPosition: () => string;
  log: Log;
  /** Counts what was answered, by endpoint. */
  onAnswer?: ((key: string, status: number, ms: number) => void) | undefined;
  /** Where browsers reach the server; under other names they are refused. Null: under any. */
  publicUrl: URL | null;
}

type AnyHandler = (
  call: Omit<Handling<EndpointKey>, 'params' | 'query' | 'body'> &
    Record<'params' | 'query' | 'body', unknown>,
) => unknown;

// Sixteen digits, all but one random, drawn from a stock: asking for bytes each time costs more than finding
// the session.
const newRequestId = () => randomUUID().replace('-', '').replace('-', '').slice(0, 16);

const nobody: Actor = { kind: 'system', id: null, name: 'Nobody' };
const isWrite = (method: string) => method !== 'GET' && method !== 'HEAD';

// There the end of a file is the end of the connection: half of one looks like all of it.
const refuseOldHttp = (env: unknown): void => {
  if ((env as { incoming?: { httpVersion?: string } } | undefined)?.incoming?.httpVersion !== '1.0') return;
  throw new Problem(
    'invalid_request',
    'Ask over HTTP/1.1: over HTTP/1.0 half of a file cannot be told from all of it. Of nginx: proxy_http_version 1.1.',
  );
};

const toProblem = (
  error: unknown,
  endpoint: Endpoint,
  log: Log,
  requestId: string,
  isRepeatable: boolean,
): Problem => {
  if (error instanceof Problem) {
    if (error.cause !== undefined) log.error({ err: error.cause, request_id: requestId }, 'request refused');
    return error;
  }
  if (error instanceof MemoryStale && endpoint.urgent)
    return new Problem('routing_data_stale', error.message, { retry_after_seconds: 1 });
  const ofDatabase = problemOfDatabase(error, log, isRepeatable);
  if (ofDatabase) return ofDatabase;
  log.error({ err: error, request_id: requestId }, 'request failed');
  return new Problem('internal', 'The failure was logged under this request id. Nothing of it was saved.');
};

const respondProblem = (
  request: Request,
  problem: Problem,
  requestId: string,
  given: AnswerHeaders,
  cookies?: Headers,
): Promise<Response> => {
  const answerHeaders = { ...given };
  const { retry_after_seconds: retryAfter } = problem.extra;
  if (retryAfter !== undefined) answerHeaders['retry-after'] = String(retryAfter);
  if (problem.status === 401) answerHeaders['www-authenticate'] = 'Bearer';
  return respondJson(request, problem.status, problem.details(requestId), answerHeaders, {
    type: 'application/problem+json',
    cookies,
  });
};

const askedPath = (url: string): string => {
  const { pathname, search } = new URL(url);
  return pathname + search;
};

// A call that rings is answered or refused within a second, and some of that is the way there and back.
const URGENT_WITHIN_MS = 800;

export const mount = ({
  handlers,
  authenticate,
  addressOf,
  openBodyHash,
  largeBodies,
  changesPosition,
  log,
  onAnswer,
  publicUrl,
}: MountDependencies): Hono => {
  const app = new Hono({ strict: false });
  if (publicUrl !== null) {
    app.use(async (c, next) => {
      if (!isForOtherHost(publicUrl, c.req.raw)) return next();
      const problem = new Problem(
        'wrong_host',
        `Open ${publicUrl.origin} instead, or have the proxy in front pass the Host header on as it came.`,
      );
      if (!/^\/v\d+\//.test(c.req.path))
        return c.text(`${problem.message}\n`, 421, { 'cache-control': 'no-store' });
      const requestId = newRequestId();
      return respondProblem(c.req.raw, problem, requestId, { 'x-request-id': requestId });
    });
  }

  const answer = async (
    c: Context,
    key: string,
    endpoint: Endpoint,
    handler: AnyHandler,
  ): Promise<Response> => {
    const request = c.req.raw;
    const requestId = newRequestId();
    const answerHeaders: AnswerHeaders = { 'x-request-id': requestId };
    let cookies: Headers | undefined;
    const startedAt = performance.now();
    let deadline = endpoint.urgent ? startedAt + URGENT_WITHIN_MS : undefined;
    let actor: Actor | null = null;
    let response: Response;
    // What was read of a large body is kept until it is answered.
    let leave: (() => void) | undefined;
    let isRead: (() => void) | undefined;
    try {
      // A file is on record, and one at a time: no page elsewhere begins one for somebody.
      if ((isWrite(request.method) || endpoint.file !== undefined) && !request.headers.has('authorization'))
        refuseCrossSite(request, new URL(request.url));
      if (endpoint.file !== undefined) refuseOldHttp(c.env);
      // A page left open follows the changes for ever: that is no use of a session.
      actor = await authenticate(request, {
        countsAsUse: endpoint.stream === undefined,
        deadline,
      });
      assertAllowed(endpoint.access, actor, new Date());
      const ifMatch = endpoint.versioned ? readIfMatch(request.headers) : null;
      const idempotencyKey = endpoint.idempotent ? readIdempotencyKey(request.headers) : null;
      const bodyHash = idempotencyKey === null ? null : openBodyHash();
      const asker = actor ?? nobody;
      if (endpoint.upload !== undefined) isRead = allowSlowSender(c.env);
      const readFrom = performance.now();
      const { isLarge, ...parts } = await readRequest(
        endpoint,
        request,
        endpoint.params ? c.req.param() : {},
        {
          asker,
          onPiece: (piece) => bodyHash?.update(piece),
          enterLarge: async (size) => {
            leave = await largeBodies.enter(actorKey(asker), size, request.signal);
            return largeBodies.withinMs;
          },
        },
      );
      // For what the sender takes to send, nobody else is late.
      if (deadline !== undefined) deadline += performance.now() - readFrom;
      const context: RequestContext = {
        actor: asker,
        requestId,
        address: addressOf(request, c.env),
        userAgent: request.headers.get('user-agent')?.slice(0, 300) ?? null,
        ifMatch,
        isLarge,
        idempotency:
          idempotencyKey === null || bodyHash === null
            ? null
            : {
                key: idempotencyKey,
                endpoint: `${key} ${askedPath(request.url)}`,
                bodyHash: bodyHash.digest(),
              },
        deadline,
      };
      // Before anything is read: what changes meanwhile is told from there on.
      if (endpoint.positioned) answerHeaders['changes-position'] = changesPosition();
      const output = await handler({
        ...parts,
        context,
        request,
        get headers() {
          return (cookies ??= new Headers());
        },
      });
      if (output instanceof Response) response = output;
      else if (endpoint.status === 204) response = respondEmpty(answerHeaders, cookies);
      else {
        if (endpoint.versioned) answerHeaders['etag'] = `"${(output as { version: number }).version}"`;
        const status = endpoint.also?.is(output as object) === true ? endpoint.also.status : endpoint.status;
        response = await respondJson(request, status, output, answerHeaders, { cookies });
      }
    } catch (error) {
      const isRepeatable = endpoint.idempotent === true && request.headers.has('idempotency-key');
      response = await respondProblem(
        request,
        toProblem(error, endpoint, log, requestId, isRepeatable),
        requestId,
        answerHeaders,
        cookies,
      );
    } finally {
      leave?.();
      isRead?.();
    }
    const ms = performance.now() - startedAt;
    onAnswer?.(key, response.status, ms);
    log.info({
      method: request.method,
      route: key,
      status: response.status,
      ms: Math.round(ms),
      request_id: requestId,
      actor: actor?.id,
    });
    return response;
  };

  for (const key of Object.keys(api) as EndpointKey[]) {
    const [method = '', path = ''] = key.split(' ');
    const route = path.replace(/\{(\w+)\}/g, ':$1');
    const endpoint: Endpoint = api[key];
    app.on(method, route, (c, next) => {
      // Hono answers HEAD by the handler of GET: it would open what nobody reads or ends.
      if ((endpoint.stream ?? endpoint.file) !== undefined && c.req.raw.method === 'HEAD') return next();
      return answer(c, key, endpoint, handlers[key] as AnyHandler);
    });
  }

  // What the table does not have: a known path with another method, or nothing at all.
  const allowedMethods = (pathname: string) =>
    (Object.keys(api) as EndpointKey[]).flatMap((key) => {
      const [method = '', path = ''] = key.split(' ');
      return new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}/?$`).test(pathname) ? [method] : [];
    });
  // Named one by one: a pattern here would make every request pass the slower of Hono's routers.
  app.on('ALL', ['/v1/*', '/v2/*'], (c) => {
    const requestId = newRequestId();
    const answerHeaders: AnswerHeaders = { 'x-request-id': requestId };
    const methods = allowedMethods(new URL(c.req.url).pathname);
    if (methods.length > 0) answerHeaders['allow'] = methods.join(', ');
    const problem =
      methods.length > 0
        ? new Problem('method_not_allowed', `Use ${methods.join(' or ')} here.`)
        : new Problem('not_found', 'No endpoint has this path; see /docs for those that exist.');
    onAnswer?.('other other', problem.status, 0);
    return respondProblem(c.req.raw, problem, requestId, answerHeaders);
  });
  return app;
};
