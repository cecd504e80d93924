import type { z } from 'zod';
import { phoneNumbersApi } from '#contract/api/phone-numbers.ts';
import { bulkJobsApi } from '#contract/api/bulk-jobs.ts';
import { businessHoursApi } from '#contract/api/business-hours.ts';
import { importsApi } from '#contract/api/imports.ts';
import { routingApi } from '#contract/api/routing.ts';
import { agentsApi } from '#contract/api/agents.ts';
import { auditEventsApi } from '#contract/api/audit-events.ts';
import { changesApi } from '#contract/api/changes.ts';
import { sessionsApi } from '#contract/api/sessions.ts';
import { noticesApi } from '#contract/api/notices.ts';
import { operatorsApi } from '#contract/api/operators.ts';
import { apiKeysApi } from '#contract/api/api-keys.ts';
import { settingsApi } from '#contract/api/settings.ts';
import { viewsApi } from '#contract/api/views.ts';
import { connectionsApi } from '#contract/api/connections.ts';
import { linksApi } from '#contract/api/links.ts';
import type { Endpoint, Upload } from './endpoint.ts';

/**
 * The whole wire, in one table: the server mounts it, the client types its calls by it, the document is
 * generated from it, and the authorisation proof walks it. Nothing is served under /v1 or /v2 that is not
 * here.
 */
export const api = {
  ...phoneNumbersApi,
  ...bulkJobsApi,
  ...importsApi,
  ...businessHoursApi,
  ...routingApi,
  ...agentsApi,
  ...auditEventsApi,
  ...changesApi,
  ...sessionsApi,
  ...noticesApi,
  ...operatorsApi,
  ...apiKeysApi,
  ...settingsApi,
  ...viewsApi,
  ...connectionsApi,
  ...linksApi,
} satisfies Record<`${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /v${1 | 2}/${string}`, Endpoint>;

export type Api = typeof api;
export type EndpointKey = keyof Api;

type In<S> = S extends z.ZodType ? z.input<S> : never;
type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;
type Part<E, K extends string> = E extends Record<K, infer S> ? S : undefined;

/** What a caller sends: only the parts the endpoint has. */
export type ApiRequest<K extends EndpointKey> = (Part<Api[K], 'params'> extends undefined
  ? { params?: undefined }
  : { params: In<Part<Api[K], 'params'>> }) &
  (Part<Api[K], 'query'> extends undefined ? { query?: undefined } : { query?: In<Part<Api[K], 'query'>> }) &
  (Part<Api[K], 'body'> extends undefined ? { body?: undefined } : { body: In<Part<Api[K], 'body'>> });

/** What a handler receives, parsed; where it is read over what is stored, the object as it was sent. */
export interface ParsedRequest<K extends EndpointKey> {
  params: Parsed<Part<Api[K], 'params'>>;
  query: Parsed<Part<Api[K], 'query'>>;
  body: Api[K] extends { mergesWithStored: true }
    ? Record<string, unknown>
    : Api[K] extends { upload: readonly string[] }
      ? Upload
      : Parsed<Part<Api[K], 'body'>>;
}

/** What an endpoint answers; undefined where it answers nothing. */
export type Answer<K extends EndpointKey> =
  | Parsed<Part<Api[K], 'output'>>
  | (Api[K] extends { also: { output: infer S } } ? Parsed<S> : never);
