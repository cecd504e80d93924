import type { ApiKey } from '#contract/api-keys.ts';
import type { OwnedApiKeyRow } from './store.ts';

export const toApiKey = (row: OwnedApiKeyRow): ApiKey => ({
  api_key_id: row.id,
  name: row.name,
  hint: row.hint,
  scopes: row.scopes,
  created_at: row.created_at.toISOString(),
  created_by: row.created_by,
  owner: row.owner_id === null ? null : { operator_id: row.owner_id, name: row.owner_name ?? '' },
  expires_at: row.expires_at?.toISOString() ?? null,
  revoked_at: row.revoked_at?.toISOString() ?? null,
  last_used_at: row.last_used_at?.toISOString() ?? null,
});
