import pg from 'pg';

export const numberAt = (index: number) => `+8801${String(index).padStart(9, '0')}`;
const AGENTS = 300;
const HOURS = 40;

const agent = (expression: string) => `'a' || lpad(to_hex((${expression}) % ${AGENTS}), 23, '0')`;

const rule = (id: string, when: string, destination: string) =>
  `jsonb_build_object('id', '${id}', 'name', null, 'enabled', true,
    'when', '{"hours": "any", "anonymous": "any", "caller_countries": null, "caller_prefixes": null, "caller_in": null}'::jsonb || ${when},
    'destination', ${destination})`;

/**
 * Of ten numbers one has hours, three rules and preferences. Written as the product writes them, but all at
 * once.
 */
const statements = (count: number) => [
  // Nothing here searches: the numbers are there in a third of the time.
  'drop index phone_number_search',
  `insert into agent (id, name, name_key, search_text) select ${agent('i')}, 'Agent ' || i, 'agent ' || i, 'agent ' || i from generate_series(0, ${AGENTS - 1}) i`,
  `insert into business_hours (id, name, name_key, time_zone, weekly, exceptions)
     select 'b' || lpad(to_hex(i), 23, '0'), 'Office ' || i, 'office ' || i, (array['Asia/Dhaka', 'Europe/London', 'America/New_York', 'Asia/Kolkata'])[1 + i % 4],
       '[{"days": [1, 2, 3, 4, 5], "start": "09:00", "end": "17:00"}, {"days": [6], "start": "22:00", "end": "02:00"}]',
       '[{"name": "New Year", "start_date": "2026-01-01", "end_date": "2026-01-01", "every_year": true, "intervals": []}]'
     from generate_series(0, ${HOURS - 1}) i`,
  `insert into phone_number (id, phone_number, phone_number_international, country, provider, name_key, search_text, inbound_agent_id, outbound_agent_id,
       business_hours_id, routed_agent_ids, answers, routing, call_handling)
     select substr(md5(i::text), 1, 24), '+8801' || lpad(i::text, 9, '0'), '+880 1' || i, 'BD', 'pia', '', '', ${agent('i * 7')}, ${agent('i * 11')},
       case when i % 10 = 0 then 'b' || lpad(to_hex(i / 10 % ${HOURS}), 23, '0') end,
       case when i % 10 = 0 then array[${agent('i')}, ${agent('i + 1')}] end,
       case when i % 10 = 0 then array['inbound', 'voicemail', 'inbound', 'voicemail', 'voicemail'] end,
       case when i % 10 = 0 then jsonb_build_object('business_hours_id', 'b' || lpad(to_hex(i / 10 % ${HOURS}), 23, '0'), 'fallback', '{"type": "voicemail", "greeting": null}'::jsonb,
         'rules', jsonb_build_array(
           ${rule('1', `'{"caller_countries": ["GB", "IE"]}'`, `jsonb_build_object('type', 'agent', 'agent_id', ${agent('i')})`)},
           ${rule('2', `'{"hours": "closed"}'`, `'{"type": "voicemail", "greeting": null}'::jsonb`)},
           ${rule('3', `'{"hours": "open", "caller_prefixes": ["+1415"]}'`, `jsonb_build_object('type', 'split', 'agents', jsonb_build_array(jsonb_build_object('agent_id', ${agent('i')}, 'weight', 3), jsonb_build_object('agent_id', ${agent('i + 1')}, 'weight', 1)))`)})) end,
       case when i % 20 = 0 then '{"recording": "both", "blocked_callers": [{"prefix": "+1900", "reason": null, "expires_at": null}]}'::jsonb end
     from generate_series(0, ${count - 1}) i`,
  'vacuum (analyze) phone_number',
];

export const seedRoutes = async (connection: pg.ClientConfig, count: number): Promise<void> => {
  const client = new pg.Client(connection);
  await client.connect();
  for (const statement of statements(count)) await client.query(statement);
  await client.end();
};
