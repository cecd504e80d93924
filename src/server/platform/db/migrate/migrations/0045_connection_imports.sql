-- Imports of an account's numbers. Each is a plan of bulk changes; here stands what such a plan knows beside it.

create table connection_import (
  plan_id text collate "C" primary key references bulk_plan (id) on delete cascade,
  connection_id text collate "C" not null references connection (id) on delete cascade,
  -- Who reads the account, until when nobody else begins anew, and how far it is read.
  reader text,
  reader_until timestamptz,
  agents_read integer not null default 0,
  numbers_read integer not null default 0,
  -- Why the account could not be read to its end.
  failed_code text,
  failed_message text
);

-- The agents of the account.
create table connection_import_agent (
  plan_id text collate "C" not null references connection_import (plan_id) on delete cascade,
  upstream_id text collate "C" not null,
  name text not null,
  name_key text collate "C" not null,
  finding text check (finding in ('linked', 'named', 'new')),
  primary key (plan_id, upstream_id)
);

-- What a row was found to be, and what of it a run makes.
create table connection_import_row (
  plan_id text collate "C" not null,
  place integer not null,
  upstream_id text collate "C",
  finding text check (finding in ('new', 'same', 'different', 'elsewhere', 'unusable')),
  -- By field: as it is here, and as it is there.
  differences jsonb not null default '{}',
  act text check (act in ('add', 'change', 'link')),
  has_made_link boolean not null default false,
  primary key (plan_id, place),
  foreign key (plan_id, place) references bulk_row (plan_id, place) on delete cascade
);
