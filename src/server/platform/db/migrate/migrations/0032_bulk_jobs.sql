-- Work that goes on without whoever asked for it. Whoever takes a job up holds it for a while; what it does is its
-- handler's to remember, in the transaction that does it.
create table job (
  id text collate "C" primary key,
  kind text not null,
  created_at timestamptz not null default now(),
  -- When somebody last let it go: all that are there take turns.
  worked_at timestamptz,
  -- Null while nobody has it; past, and it is anybody's again.
  leased_until timestamptz,
  leased_by text collate "C",
  failures integer not null default 0
);

-- What a change of many numbers would do, and once it is run, what it did.
create table bulk_plan (
  id text collate "C" primary key,
  actor_kind text not null,
  actor_id text collate "C",
  actor_name text not null,
  address text,
  request_id text,
  -- As it was asked for, without credentials.
  selection jsonb not null,
  change jsonb not null,
  state text not null default 'selecting' check (state in ('selecting', 'judging', 'ready')),
  total integer not null default 0,
  created integer not null default 0,
  changed integer not null default 0,
  unchanged integer not null default 0,
  skipped integer not null default 0,
  refused integer not null default 0,
  examples jsonb not null default '[]',
  -- Why rows are refused, and how many: counted as they are judged.
  refusals jsonb not null default '[]',
  -- Set with its job; and where others took its place, after which it and its rows are deleted bit by bit.
  run_at timestamptz,
  dropped_at timestamptz,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index bulk_plan_of_actor on bulk_plan (actor_kind, actor_id, created_at);

create table bulk_job (
  id text collate "C" primary key,
  plan_id text collate "C" not null unique references bulk_plan (id) on delete cascade,
  actor_kind text not null,
  actor_id text collate "C",
  actor_name text not null,
  -- The job that this one takes back.
  undoes text collate "C" references bulk_job (id) on delete set null,
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'cancelled', 'failed')),
  cancel_reason text check (cancel_reason in ('asked', 'actor_lost', 'restored')),
  done integer not null default 0,
  created integer not null default 0,
  changed integer not null default 0,
  unchanged integer not null default 0,
  skipped integer not null default 0,
  refused integer not null default 0,
  conflict integer not null default 0,
  -- As answers have it, for a page begins where the one before ended.
  created_at timestamptz not null default date_trunc('milliseconds', now()),
  started_at timestamptz,
  ended_at timestamptz
);
create index bulk_job_newest on bulk_job (created_at desc, id desc);
create index bulk_job_undoes on bulk_job (undoes) where undoes is not null;

create table bulk_row (
  plan_id text collate "C" not null references bulk_plan (id) on delete cascade,
  place integer not null,
  -- Null of one that is not there yet.
  phone_number_id text collate "C",
  phone_number text not null,
  -- The version that was judged; null where none is expected.
  version integer,
  -- Of an import: the line of the file, what stands there without credentials, and what is wrong with it.
  line integer,
  given jsonb,
  given_bytes integer,
  errors jsonb,
  planned text check (planned in ('created', 'changed', 'unchanged', 'skipped', 'refused')),
  planned_code text,
  planned_message text,
  outcome text check (outcome in ('created', 'changed', 'unchanged', 'skipped', 'refused', 'conflict')),
  code text,
  message text,
  -- The version that the job made of it.
  made_version integer,
  primary key (plan_id, place)
);
create index bulk_row_to_judge on bulk_row (plan_id, place) where planned is null;
create index bulk_row_to_do on bulk_row (plan_id, place) where planned in ('created', 'changed') and outcome is null;

-- Credentials of a plan, or of one of its rows: erased when the plan or its job has ended.
create table held_secret (
  plan_id text collate "C" not null references bulk_plan (id) on delete cascade,
  -- The row's; -1 for the whole plan's.
  place integer not null,
  sealed bytea not null,
  key_id text not null,
  primary key (plan_id, place)
);

-- The job table of the database that these jobs were put into. A dump that is loaded makes another one.
create table job_home (
  only_one boolean primary key default true check (only_one),
  job_table bigint not null
);

alter table audit_event add column bulk_job_id text collate "C";
create index audit_event_of_job on audit_event (bulk_job_id, id) where bulk_job_id is not null;
