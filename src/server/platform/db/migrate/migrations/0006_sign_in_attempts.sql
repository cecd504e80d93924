-- Attempts at passwords, counted for all instances together, and the browsers that are known to an operator.
-- Keys are keyed hashes: neither table tells an e-mail or an address.

create table sign_in_attempt (
  key text collate "C" primary key,
  -- Of this window: found wrong, and counted but not yet judged.
  wrong integer not null,
  under_way integer not null,
  ends_at timestamptz(3) not null
);

create table known_device (
  key text collate "C" primary key,
  operator_id text collate "C" not null references operator (id) on delete cascade,
  last_seen_at timestamptz(3) not null default now()
);
create index known_device_operator on known_device (operator_id, last_seen_at);

-- What admins should know about the installation, and when it was last seen, by whichever instance.
create table notice (
  code text primary key,
  at timestamptz(3) not null
);
