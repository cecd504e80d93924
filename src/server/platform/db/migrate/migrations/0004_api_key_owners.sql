-- API keys belong to the operator who made them, so that disabling or demoting one asks what becomes of their keys.

alter table api_key
  -- Null is nobody: made on the command line, or before keys had owners.
  add column owner_id text collate "C" references operator (id);
create index api_key_owner on api_key (owner_id) where owner_id is not null and revoked_at is null;
