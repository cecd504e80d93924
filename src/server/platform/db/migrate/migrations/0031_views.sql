-- Filters of the list of numbers under a name, with an order and columns. Those of an operator who is disabled stay,
-- as do those of a key that has ended: an admin changes the shared ones.
create table list_view (
  id text collate "C" primary key,
  name text not null,
  -- The list's parameters as it reads them.
  filter jsonb not null,
  sort text,
  columns text[],
  pinned boolean not null,
  shared boolean not null,
  owner_kind text not null check (owner_kind in ('operator', 'api_key', 'system')),
  owner_id text collate "C",
  owner_name text not null,
  version integer not null default 1
);
create index list_view_owner on list_view (owner_id);
create index list_view_shared on list_view (shared) where shared;
