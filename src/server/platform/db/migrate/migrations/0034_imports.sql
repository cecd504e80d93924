-- Agents that accepted rows of an import name and that are not there: they are added when it is run.
create table import_agent (
  plan_id text collate "C" not null references bulk_plan (id) on delete cascade,
  name_key text collate "C" not null,
  name text not null,
  primary key (plan_id, name_key)
);
