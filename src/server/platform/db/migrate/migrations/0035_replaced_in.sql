-- Where a plan puts one agent in another's place, and on how many numbers: counted as they are judged.
alter table bulk_plan add column replaced_in jsonb not null default '{}';
