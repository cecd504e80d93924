-- Labels and names are compared by their look: composition, unseen characters and kinds of spaces count for nothing, as
-- case already did. The same as lookOf in contract/text.ts makes of what is in lower case already; in ASCII it is the same.

create function look_of(folded text) returns text language sql immutable as $$
  select normalize(btrim(regexp_replace(
    regexp_replace(folded, '[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]', '', 'g'),
    '[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+', ' ', 'g')), NFC)
$$;

-- Most labels are plain ASCII: a look at the letters passes those over.
update phone_number set label_keys = array(select look_of(key) from unnest(label_keys) with ordinality as l (key, at) order by at)
where array_to_string(label_keys, '|') ~ '[^\x01-\x7e]|  ' and exists (select 1 from unnest(label_keys) key where look_of(key) <> key);

-- Names that look alike already keep the keys that tell them apart.
update agent a set name_key = n.key
from (select id, look_of(name_key) as key, count(*) over (partition by look_of(name_key)) as alike from agent) n
where n.id = a.id and n.alike = 1 and a.name_key <> n.key;

update business_hours h set name_key = n.key
from (select id, look_of(name_key) as key, count(*) over (partition by look_of(name_key)) as alike from business_hours) n
where n.id = h.id and n.alike = 1 and h.name_key <> n.key;

drop function look_of(text);
