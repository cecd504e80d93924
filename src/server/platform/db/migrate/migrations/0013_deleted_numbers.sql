-- Deleted numbers stay for 30 days, are listed with the newest deletion first, and hold nothing meanwhile: the hours
-- they went by are in their routing still.
update phone_number set business_hours_id = null where deleted_at is not null and business_hours_id is not null;
drop index phone_number_deleted;
create index phone_number_deleted on phone_number (deleted_at, id) where deleted_at is not null;

-- An agent that was retired after a number was deleted does not come back with it. Null of agents retired before this
-- was kept.
alter table agent add column retired_at timestamptz(3);
