-- Agents, phone numbers, their sealed credentials, the audit log, and the answers kept for retries.
-- Instants are kept to the millisecond, so that they survive the way through JSON and page tokens unchanged.

create extension if not exists pg_trgm;

create table agent (
  id text collate "C" primary key,
  name text not null,
  -- In lower case: two agents may not differ in case alone, and they are listed in this order.
  name_key text collate "C" not null,
  -- Folded like phone_number.search_text; agents are few, so no index helps it.
  search_text text not null,
  status text not null default 'active' check (status in ('active', 'retired')),
  language_code text,
  created_at timestamptz(3) not null default now(),
  modified_at timestamptz(3) not null default now()
);
create unique index agent_name_key on agent (name_key);

create table phone_number (
  id text collate "C" primary key,
  phone_number text collate "C" not null,
  phone_number_international text not null,
  country text,
  provider text not null,
  friendly_name text,
  -- Collated like agent.id: comparing two collations would use no index.
  inbound_agent_id text collate "C" references agent (id),
  outbound_agent_id text collate "C" references agent (id),
  labels text[] not null default '{}',
  -- The labels in lower case: filters and uniqueness disregard case.
  label_keys text[] not null default '{}',
  metadata jsonb not null default '{}',
  notes text,
  -- The provider's own plain fields. Its secrets are in credential, so that no list can touch them.
  settings jsonb not null default '{}',
  -- A copy of credential.fingerprint by field: a read shows which secrets are set without going near them.
  credential_fingerprints jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  -- A deleted number stays for ten minutes, so that the deletion can be undone.
  deleted_at timestamptz(3),
  -- Folded by the server (fold.ts), the same on every database. Numbers without a label sort behind all others.
  name_key text collate "C" not null,
  -- What q finds: number, label, trunk host, trunk user, account SID.
  search_text text not null
) with (fillfactor = 80);

-- The ids ride along so that a page can be found, and rows passed over, in the index alone.
create unique index phone_number_e164 on phone_number (phone_number) include (id) where deleted_at is null;
create index phone_number_by_created on phone_number (created_at, id) where deleted_at is null;
create index phone_number_by_updated on phone_number (updated_at, id) where deleted_at is null;
create index phone_number_by_name on phone_number (name_key, id) where deleted_at is null;
create index phone_number_inbound on phone_number (inbound_agent_id) where deleted_at is null;
create index phone_number_outbound on phone_number (outbound_agent_id) where deleted_at is null;
create index phone_number_by_provider on phone_number (provider) where deleted_at is null;
create index phone_number_region on phone_number ((settings ->> 'sip_infra_region')) where deleted_at is null;
-- Only some providers have a region: taken apart, the two would be guessed badly.
create statistics phone_number_kind (mcv) on provider, (settings ->> 'sip_infra_region') from phone_number;
create index phone_number_labels on phone_number using gin (label_keys);
-- Without autovacuum (embedded) a long pending list would slow every search, and flushing it one unlucky change.
create index phone_number_search on phone_number using gin (search_text gin_trgm_ops) with (gin_pending_list_limit = 1024);
create index phone_number_deleted on phone_number (deleted_at) where deleted_at is not null;

create table credential (
  phone_number_id text collate "C" not null references phone_number (id) on delete cascade,
  field text not null,
  -- What the cipher made of the secret, bound to this row, field, key and secret_version.
  sealed bytea not null,
  key_id text not null,
  -- The number's version that set it: it never comes again, so an older ciphertext put back does not open.
  secret_version integer not null,
  fingerprint text not null,
  primary key (phone_number_id, field)
);
create index credential_fingerprint on credential (fingerprint, phone_number_id);

-- A value sealed under the master key in use: a start with another key is refused before it can seal or fail to open.
create table master_key (
  only_one boolean primary key default true check (only_one),
  key_id text not null,
  sealed_check bytea not null
);

create table audit_event (
  id bigint generated always as identity primary key,
  at timestamptz(3) not null default now(),
  action text not null,
  actor_kind text not null,
  actor_id text collate "C",
  actor_name text not null,
  subject_kind text not null,
  subject_id text collate "C" not null,
  subject_name text not null,
  version integer,
  changes jsonb not null default '{}',
  detail text,
  address text,
  request_id text
);
create index audit_event_subject on audit_event (subject_kind, subject_id, id);
create index audit_event_actor on audit_event (actor_id, id);
create index audit_event_action on audit_event (action, id);
create index audit_event_at on audit_event (at, id);

-- The log is only ever added to.
create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'audit events cannot be changed or deleted';
end $$;
create trigger audit_event_is_append_only before update or delete on audit_event for each row execute function refuse_audit_change();

create table idempotency_key (
  actor_id text not null,
  key text not null,
  endpoint text not null,
  body_hash bytea not null,
  status integer not null,
  answer jsonb not null,
  created_at timestamptz(3) not null default now(),
  primary key (actor_id, key)
);
create index idempotency_key_created on idempotency_key (created_at);
