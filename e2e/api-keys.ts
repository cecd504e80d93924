import type { ApiKey } from '#contract/api-keys.ts';
import type { Caller } from './http.ts';

/** A key of whoever this is; what it is sent as. */
export const addKey = async (by: Caller, name: string, more: object = {}) =>
  (
    await by.send<{ key: string; api_key: ApiKey }>('POST', '/v1/api-keys', {
      name,
      scopes: ['numbers:read'],
      ...more,
    })
  ).key;
