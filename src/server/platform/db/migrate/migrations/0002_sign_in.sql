-- Operators, their passwords and sessions, API keys, and the one-time link that makes the first admin.
-- Whatever opens a door is kept as a hash only: the database alone lets nobody in.

create table operator (
  id text collate "C" primary key,
  name text not null,
  -- In lower case: an address is the same whatever its case.
  email text not null,
  role text not null check (role in ('viewer', 'operator', 'admin')),
  disabled_at timestamptz(3),
  created_at timestamptz(3) not null default now()
);
create unique index operator_email on operator (email);

-- Apart from operator, so that no list of operators can touch it.
create table operator_password (
  operator_id text collate "C" primary key references operator (id),
  -- argon2id with its parameters and salt.
  hash text not null,
  changed_at timestamptz(3) not null default now()
);

create table session (
  id text collate "C" primary key,
  operator_id text collate "C" not null references operator (id),
  token_hash bytea not null,
  created_at timestamptz(3) not null,
  -- To within five minutes.
  last_seen_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  -- Until when a credential may be revealed without giving the password again.
  fresh_until timestamptz(3) not null,
  address text,
  user_agent text
);
create unique index session_token on session (token_hash);
create index session_operator on session (operator_id);
create index session_expires on session (expires_at);

create table api_key (
  id text collate "C" primary key,
  name text not null,
  -- The first characters of the key, to tell keys apart.
  hint text not null,
  key_hash bytea not null,
  scopes text[] not null,
  created_at timestamptz(3) not null default now(),
  -- The name at the time; null when added on the command line.
  created_by text,
  expires_at timestamptz(3),
  revoked_at timestamptz(3),
  -- To within a minute.
  last_used_at timestamptz(3)
);
create unique index api_key_hash on api_key (key_hash);

-- At most one link is alive: each start of a server without operators replaces it.
create table set_up_link (
  only_one boolean primary key default true check (only_one),
  token_hash bytea not null,
  expires_at timestamptz(3) not null
);
