-- Business hours, and of each phone number its routing, its call handling and who stands in for its agent.

create table business_hours (
  id text collate "C" primary key,
  name text not null,
  -- In lower case: two may not differ in case alone, and they are listed in this order.
  name_key text collate "C" not null,
  time_zone text not null,
  weekly jsonb not null,
  exceptions jsonb not null default '[]',
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index business_hours_name_key on business_hours (name_key);

alter table phone_number
  add column routing jsonb,
  add column call_handling jsonb,
  -- What routing says of these, again, so that an index finds it. Null without routing: most numbers pay nothing.
  add column business_hours_id text collate "C" references business_hours (id),
  add column routed_agent_ids text[],
  add column forwards_to text[],
  -- Who answers an unknown caller in each of the four states of hours, and the fallback: routing/standing.ts.
  add column answers text[],
  -- Temporary reassignment. The instants as they were given, and as the database compares them.
  add column temporary_reassignment jsonb,
  add column stand_in_id text collate "C" references agent (id),
  add column stand_in_from timestamptz(3),
  add column stand_in_until timestamptz(3);

create index phone_number_routed on phone_number (id) where routing is not null and deleted_at is null;
create index phone_number_hours on phone_number (business_hours_id) where business_hours_id is not null;
create index phone_number_routed_agents on phone_number using gin (routed_agent_ids) where routed_agent_ids is not null;
create index phone_number_forwards on phone_number using gin (forwards_to) where forwards_to is not null;
create index phone_number_stand_in on phone_number (stand_in_id) where stand_in_id is not null;
-- One for each state, and the fallback.
create index phone_number_answers_open on phone_number ((answers[1])) where answers is not null and deleted_at is null;
create index phone_number_answers_closed on phone_number ((answers[2])) where answers is not null and deleted_at is null;
create index phone_number_answers_exception_open on phone_number ((answers[3])) where answers is not null and deleted_at is null;
create index phone_number_answers_exception_closed on phone_number ((answers[4])) where answers is not null and deleted_at is null;
create index phone_number_answers_fallback on phone_number ((answers[5])) where answers is not null and deleted_at is null;
-- Findings go through the numbers that nobody answers in the order of their ids.
create index phone_number_unanswered on phone_number (id) where inbound_agent_id is null and deleted_at is null;
