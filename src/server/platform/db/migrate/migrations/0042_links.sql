-- What a number is on a platform, and what of it waits to be sent there.

-- The id an agent has on each platform.
create table agent_link (
  agent_id text collate "C" not null references agent (id) on delete cascade,
  connection_id text collate "C" not null references connection (id) on delete cascade,
  upstream_id text collate "C" not null,
  primary key (agent_id, connection_id),
  constraint agent_link_upstream_id unique (connection_id, upstream_id)
);

create table number_link (
  phone_number_id text collate "C" not null references phone_number (id) on delete cascade,
  role text not null check (role in ('platform', 'carrier')),
  connection_id text collate "C" not null references connection (id) on delete cascade,
  -- Null until it is known that it is there.
  upstream_id text collate "C",
  state text not null check (
    state in ('synced', 'pending', 'retrying', 'refused', 'conflict', 'drift', 'held', 'gone')
  ),
  reason text,
  message text check (length(message) <= 2000),
  since timestamptz not null default clock_timestamp(),
  -- By field: as both last had it, and as the platform last said it. Of secrets their fingerprints, elsewhere.
  seen jsonb not null default '{}',
  seen_marks jsonb not null default '{}',
  theirs jsonb not null default '{}',
  theirs_marks jsonb not null default '{}',
  seen_at timestamptz,
  -- What was sent last, while it is not known whether it arrived.
  sent jsonb,
  sent_marks jsonb,
  primary key (phone_number_id, role),
  constraint number_link_upstream_id unique (connection_id, upstream_id)
);
create index number_link_state on number_link (state, connection_id) where state <> 'synced';

-- The outbox: written in the transaction of the change, one row for each number and role. It names fields and
-- holds no value: what is sent is read when it is sent.
create table pending_change (
  phone_number_id text collate "C" not null,
  role text not null,
  connection_id text collate "C" not null references connection (id) on delete cascade,
  act text not null check (act in ('push', 'create', 'delete')),
  fields text[] not null default '{}',
  -- A person's changes go before those of many at once.
  is_person boolean not null,
  -- One higher with each change: what was taken in hand before it is not all.
  revision integer not null default 1,
  actor_kind text not null,
  actor_id text,
  actor_name text not null,
  attempt integer not null default 0,
  -- Null while it waits for somebody to decide.
  due_at timestamptz default clock_timestamp(),
  first_at timestamptz not null default clock_timestamp(),
  leased_by text,
  leased_until timestamptz,
  primary key (phone_number_id, role),
  foreign key (phone_number_id, role) references number_link (phone_number_id, role) on delete cascade
);
create index pending_change_due on pending_change (connection_id, is_person desc, due_at) where due_at is not null;

-- The platform's whole record before each write, sealed: it may hold secrets.
create table before_image (
  id text collate "C" primary key,
  phone_number_id text collate "C" not null,
  role text not null,
  taken_at timestamptz not null default clock_timestamp(),
  sealed bytea not null,
  key_id text not null,
  foreign key (phone_number_id, role) references number_link (phone_number_id, role) on delete cascade
);
create index before_image_of on before_image (phone_number_id, role, taken_at desc);

alter table connection
  -- When the next request may go out: five a second, whoever sends them.
  add column next_request_at timestamptz not null default clock_timestamp(),
  add column watched_at timestamptz,
  add column watch_due_at timestamptz not null default clock_timestamp(),
  add column watch_leased_until timestamptz;
