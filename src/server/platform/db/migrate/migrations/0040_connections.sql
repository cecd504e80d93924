-- Accounts elsewhere that numbers live in.
create table connection (
  id text collate "C" primary key,
  kind text not null,
  role text not null check (role in ('platform', 'carrier')),
  name text not null,
  -- Names that look alike are one.
  name_key text collate "C" not null constraint connection_name_key unique,
  settings jsonb not null default '{}',
  paused boolean not null default false,
  -- What the last check found, of the credentials and the address as they are.
  state text not null default 'unchecked' check (state in ('unchecked', 'ok', 'refused', 'unreachable')),
  reason text,
  -- Sent with every list.
  message text check (length(message) <= 2000),
  checked_at timestamptz,
  key_expires_at timestamptz,
  numbers_seen integer,
  version integer not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp()
);

create table connection_credential (
  connection_id text collate "C" not null references connection (id) on delete cascade,
  field text collate "C" not null,
  sealed bytea not null,
  key_id text not null,
  -- The version of the connection that set it.
  secret_version integer not null,
  -- Where it was given to be sent: it is sealed for there alone.
  address text not null,
  fingerprint text not null,
  primary key (connection_id, field)
);
