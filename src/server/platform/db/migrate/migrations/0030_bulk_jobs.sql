-- Work that goes on without whoever asked for it. Whoever takes a job up holds it for a while; what it does is its
-- handler's to remember, in the transaction that does it.
create table job (
  id text collate "C" primary key,
  kind text not null,
  created_at timestamptz not null default now(),
  -- Null while nobody has it; past, and it is anybody's again.
  leased_until timestamptz,
  leased_by text collate "C"
);
create index job_in_order on job (created_at, id);

-- What a change of many numbers would do, and once it is run, what it did.
create table bulk_plan (
  id text collate "C" primary key,
  actor_kind text not null,
  actor_id text collate "C",
  actor_name text not null,
  address text,
  request_id text,
  -- As it was asked for, without credentials: those are sealed apart, and erased when the plan or its job ends.
  selection jsonb not null,
  change jsonb not null,
  sealed bytea,
  key_id text,
  state text not null default 'selecting' check (state in ('selecting', 'judging', 'ready')),
  total integer not null default 0,
  changed integer not null default 0,
  unchanged integer not null default 0,
  refused integer not null default 0,
  examples jsonb not null default '[]',
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
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'cancelled', 'failed')),
  cancel_reason text check (cancel_reason in ('asked', 'actor_lost', 'restored')),
  done integer not null,
  changed integer not null default 0,
  unchanged integer not null,
  refused integer not null,
  conflict integer not null default 0,
  -- As answers have it, for a page begins where the one before ended.
  created_at timestamptz not null default date_trunc('milliseconds', now()),
  started_at timestamptz,
  ended_at timestamptz
);
create index bulk_job_newest on bulk_job (created_at desc, id desc);

create table bulk_row (
  plan_id text collate "C" not null references bulk_plan (id) on delete cascade,
  place integer not null,
  phone_number_id text collate "C" not null,
  phone_number text not null,
  -- The version that was judged; null of a number that was not found.
  version integer,
  planned text check (planned in ('changed', 'unchanged', 'refused')),
  planned_code text,
  planned_message text,
  outcome text check (outcome in ('changed', 'unchanged', 'refused', 'conflict')),
  code text,
  message text,
  -- The version that the job made of it.
  made_version integer,
  primary key (plan_id, place)
);
create index bulk_row_to_judge on bulk_row (plan_id, place) where planned is null;
create index bulk_row_to_do on bulk_row (plan_id, place) where planned = 'changed' and outcome is null;
