-- How many numbers that are there carry each label. A row is a difference, and a label's count their sum: nobody who
-- changes numbers waits for somebody else who changes numbers with the same label. Housekeeping sums them up.

create table label_count (
  label text collate "C" not null,
  -- As phone_number.label_keys has it: labels that look alike are one.
  label_key text collate "C" not null,
  numbers integer not null,
  -- One that has been summed up; the others are differences to it.
  is_sum boolean not null default false
);
create index label_count_by_key on label_count (label_key, label);
create index label_count_to_sum on label_count (label_key, label) where not is_sum;

-- Each look once, though older numbers may carry it twice.
create function labels_of(labels text[], keys text[]) returns table (label text, label_key text) language sql immutable as $$
  select distinct on (key) own.label, key from unnest(labels, keys) as own (label, key) where key is not null order by key, own.label
$$;

create function count_added_labels() returns trigger language plpgsql as $$
begin
  insert into label_count (label, label_key, numbers) select own.label, own.label_key, count(*)
  from added, labels_of(added.labels, added.label_keys) own where added.deleted_at is null group by 1, 2;
  return null;
end $$;
create trigger phone_number_adds_labels after insert on phone_number referencing new table as added
for each statement execute function count_added_labels();

create function count_removed_labels() returns trigger language plpgsql as $$
begin
  insert into label_count (label, label_key, numbers) select own.label, own.label_key, -count(*)
  from removed, labels_of(removed.labels, removed.label_keys) own where removed.deleted_at is null group by 1, 2;
  return null;
end $$;
create trigger phone_number_removes_labels after delete on phone_number referencing old table as removed
for each statement execute function count_removed_labels();

create function count_changed_labels() returns trigger language plpgsql as $$
begin
  insert into label_count (label, label_key, numbers) select changed.label, changed.label_key, sum(changed.numbers)
  from (
    select own.*, -1 as numbers from labels_of(old.labels, old.label_keys) own where old.deleted_at is null
    union all
    select own.*, 1 from labels_of(new.labels, new.label_keys) own where new.deleted_at is null
  ) changed group by 1, 2 having sum(changed.numbers) <> 0;
  return null;
end $$;
-- For each row: most changes leave the labels as they are, and then it costs nothing.
create trigger phone_number_changes_labels after update on phone_number for each row
when (old.labels is distinct from new.labels or old.label_keys is distinct from new.label_keys
  or (old.deleted_at is null) <> (new.deleted_at is null))
execute function count_changed_labels();

insert into label_count select own.label, own.label_key, count(*), true
from phone_number p, labels_of(p.labels, p.label_keys) own where p.deleted_at is null group by 1, 2;
