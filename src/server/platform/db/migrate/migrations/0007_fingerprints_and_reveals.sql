-- Fingerprints that cannot be compared, and how many credentials may be revealed.

-- An entry of credential_fingerprints is `9f2c41aa@7`: the fingerprint, and the number's version that set the credential.
-- Without a version it was set with the number, by version 1: so only those set later are written anew, and a million
-- numbers cost one look at the credentials.
update phone_number p set credential_fingerprints = credential_fingerprints || later.entries
from (select phone_number_id, jsonb_object_agg(field, fingerprint || '@' || secret_version) as entries
      from credential where secret_version > 1 group by phone_number_id) later
where p.id = later.phone_number_id;

-- What is kept for retries was shown to someone. It becomes the row it was made of, to be shown by the rights at hand.
update idempotency_key set answer = answer || jsonb_build_object(
  'id', answer -> '_id',
  'settings', jsonb_strip_nulls(jsonb_build_object(
    'sip_termination_uri', answer -> 'sip_termination_uri',
    'sip_trunk_username', answer -> 'sip_trunk_username',
    'sip_infra_region', answer -> 'sip_infra_region',
    'twilio_account_sid', answer -> 'twilio_account_sid')),
  'credential_fingerprints', jsonb_strip_nulls(jsonb_build_object(
    'sip_trunk_password', answer -> 'sip_trunk_password_fingerprint',
    'twilio_auth_token', answer -> 'twilio_auth_token_fingerprint')))
where answer ? '_id';

-- Where a credential was set: what came before it is looked up when a history is shown to who may not reveal.
create index audit_event_secrets on audit_event (subject_id, version) where changes @? '$.*.secret';

-- One row once a setting was changed; until then the defaults hold.
create table settings (
  only_one boolean primary key default true check (only_one),
  operator_reveals_per_hour integer not null,
  api_key_reveals_per_hour integer not null,
  version integer not null default 1,
  updated_at timestamptz(3) not null default now()
);

-- How many credentials an operator or a key has revealed in the hour that began with the first of them.
create table reveal_count (
  actor_kind text not null,
  actor_id text collate "C" not null,
  began_at timestamptz(3) not null,
  reveals integer not null,
  -- The refusal was recorded: once an hour is enough.
  is_refused boolean not null default false,
  primary key (actor_kind, actor_id)
);
