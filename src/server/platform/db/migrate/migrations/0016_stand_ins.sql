-- For whom an agent stands in, in either direction: stand_in_id is of those alone who answer calls.
create index phone_number_stand_ins on phone_number ((temporary_reassignment ->> 'agent_id'))
  where temporary_reassignment is not null and deleted_at is null;
