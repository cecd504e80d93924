import { MASK } from '#contract/primitives.ts';
import { nameOf, type JsonSchema } from './schemas.ts';

const agent = '68a1ee10c4f2b07d9e3a1b25';
const replaced = { from: agent, to: '68a1ee10c4f2b07d9e3a1b26' };
const hours = '68a1f4b80c2d5e7f91a3b6c4';
const night = {
  id: '68a1f5c93d0e6f8a02b4c7d5',
  name: 'Night',
  enabled: true,
  when: {
    hours: 'closed',
    caller_countries: ['BD'],
    caller_prefixes: null,
    caller_in: null,
    anonymous: 'any',
  },
  destination: { type: 'voicemail', greeting: 'We are closed. Leave a message.' },
};

/**
 * What a field of this name holds in the examples of the reference; whatever is not here is made up from its
 * schema.
 */
const samples: Record<string, unknown> = {
  upstream_ids: { '68a1f0c2b7d94e1f3a5c6d90': 'agent_7f3a' },
  links: [],
  since: '2026-02-06T12:00:00.000Z',
  seen_at: '2026-02-06T12:00:00.000Z',
  next_try_at: null,
  taken_at: '2026-02-06T12:00:00.000Z',
  expected_at: null,
  upstream_id: '664f0a1b2c3d4e5f60718293',
  mine: 'Dhaka support',
  theirs: 'Dhaka support',
  seen: 'Dhaka support',
  default_country: 'BD',
  heading: 'Tel',
  field: 'phone_number',
  agents_to_create: ['Night desk'],
  agents_to_create_count: 1,
  line: 17,
  column: 'Tel',
  filter: { provider: ['sip'], label_any: ['production'] },
  replace_agent: replaced,
  replaced_in: {
    inbound_agent_id: 120,
    outbound_agent_id: 30,
    rules: 12,
    fallback: 3,
    temporary_reassignment: 1,
  },
  _id: '68a1f0c2b7d94e1f3a5c6d78',
  phone_number: '+8801711204418',
  phone_number_international: '+880 1711-204418',
  country: 'BD',
  friendly_name: 'Dhaka support',
  inbound_agent_id: '68a1ee10c4f2b07d9e3a1b25',
  outbound_agent_id: null,
  labels: ['production', 'vip'],
  label: 'production',
  count: 412,
  metadata: { cost_centre: 'CX-204' },
  notes: null,
  routing: { business_hours_id: hours, rules: [night], fallback: null },
  call_handling: null,
  temporary_reassignment: {
    agent_id: agent,
    direction: 'inbound',
    starts_at: '2026-02-06T12:00:00.000Z',
    ends_at: '2026-02-09T02:00:00.000Z',
  },
  answering_now: [],
  version: 7,
  business_hours_id: hours,
  time_zone: 'Asia/Dhaka',
  weekly: [{ days: [1, 2, 3, 4, 7], start: '09:00', end: '18:00' }],
  exceptions: [
    {
      name: 'Victory Day',
      start_date: '2026-12-16',
      end_date: '2026-12-16',
      every_year: true,
      intervals: [],
    },
  ],
  phone_number_count: 312,
  to: '+8801711204418',
  from: '+8801812326459',
  destination: night.destination,
  agent_id: null,
  decided_by: 'rule',
  rule: { id: night.id, name: night.name, position: 1 },
  hours: {
    business_hours_id: hours,
    name: 'Dhaka office',
    time_zone: 'Asia/Dhaka',
    state: 'closed',
    exception: null,
    local_time: '2026-02-03T21:40',
  },
  caller_id_name: null,
  max_concurrent_calls: null,
  reasons: [
    'It is Tuesday 3 Feb 2026, 21:40 in Asia/Dhaka: “Dhaka office” is closed.',
    'Rule 1, “Night”, matches: closed, and the caller is from BD.',
  ],
  as_of: '2026-02-03T11:40:51.730Z',
  sip_termination_uri: 'sip.dhaka-link.example:5060',
  sip_trunk_username: 'cordboard',
  sip_caller_format: null,
  sip_trunk_password: MASK,
  sip_trunk_password_fingerprint: '9f2c41aa',
  twilio_account_sid: 'AC0123456789abcdef0123456789abcdef',
  twilio_auth_token: MASK,
  twilio_auth_token_fingerprint: '41c20b7e',
  next_page_token: null,
  ai_agent_id: '68a1ee10c4f2b07d9e3a1b25',
  agent_name: 'Asha · Bangla support',
  language_code: 'bn-BD',
  inbound_phone_number_count: 412,
  outbound_phone_number_count: 38,
  operator_id: '68a1ec55d01e7f4b2c9a8e03',
  session_id: '68a1f3079b1c5d2e8f40a6b7',
  api_key_id: '68a1f1d43e6a0c9b5d7f2814',
  connection_id: '68a1f7e15f2a8b0c24d6e9f7',
  settings: { base_url: null },
  credentials: { api_key: MASK },
  credential_fingerprints: { api_key: '5d03be91' },
  checked_at: '2026-02-03T11:40:52.090Z',
  watched_at: '2026-02-06T11:58:00.000Z',
  next_watch_at: '2026-02-06T12:03:00.000Z',
  key_expires_at: '2026-12-31T00:00:00.000Z',
  audit_event_id: '1024',
  email: 'rina@company.example',
  password: 'correct horse battery staple',
  current_password: 'correct horse battery staple',
  new_password: 'four other words entirely',
  token: 'xUe4…',
  key: 'cbk_u6Vn…',
  hint: 'cbk_u6Vn',
  name: 'Rina K.',
  created_by: 'Rina K.',
  owner: { operator_id: '68a1ec55d01e7f4b2c9a8e03', name: 'Rina K.' },
  created_at: '2026-02-03T09:14:07.512Z',
  modified_at: '2026-02-03T09:14:07.512Z',
  updated_at: '2026-02-03T11:40:52.090Z',
  at: '2026-02-03T11:40:52.090Z',
  expires_at: '2026-12-31T00:00:00.000Z',
  started_at: '2026-02-03T11:40:52.101Z',
  ended_at: '2026-02-03T11:40:53.730Z',
  undoes: null,
  undone: null,
  sets: { inbound_agent_id: '68a1ee10c4f2b07d9e3a1b25' },
  undone_by: null,
  import_id: '68a1f6da4e1f7a9b13c5d8e6',
  file_name: 'numbers.csv',
  fresh_until: '2026-02-03T11:50:52.090Z',
  last_used_at: '2026-02-03T11:40:00.000Z',
  revoked_at: null,
  scopes: ['numbers:read', 'numbers:write'],
  address: '203.0.113.24',
  user_agent: 'Mozilla/5.0',
  request_id: 'b1946ac92492d234',
  detail: 'sip_trunk_password',
  value: 'the credential in clear',
  hide_after_seconds: 30,
  operator_reveals_per_hour: 60,
  api_key_reveals_per_hour: 600,
  changes: { inbound_agent_id: { before: null, after: '68a1ee10c4f2b07d9e3a1b25' } },
  differences: { friendly_name: { before: 'Dhaka support', after: 'Dhaka help desk' } },
  agents_to_add: ['Night desk'],
};

// Answers show the mask in their place.
const sentOnly: Record<string, unknown> = {
  sip_trunk_password: 'the password of the trunk',
  twilio_auth_token: '0123456789abcdef0123456789abcdef',
  credentials: { api_key: 'the-key-of-your-account' },
};

// Left out of requests: an example shows what is usual, not all that is possible.
const rarelySent = new Set([
  'metadata',
  'notes',
  'outbound_agent_id',
  'sip_caller_format',
  'language_code',
  'routing',
  'call_handling',
  'temporary_reassignment',
  'business_hours',
  'at',
  'api_keys',
  'fields',
  'delete',
  'restore',
  'rotate',
  'plan_id',
  'ids',
  'except_ids',
  'versions',
  'retry',
  'settings',
]);

const fromSchema = (schema: JsonSchema): unknown => {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === 'boolean') return false;
  if (type === 'integer' || type === 'number') return schema.minimum ?? 1;
  return type === 'string' ? 'text' : null;
};

// One name may be a text here and an object there.
const isOf = (schema: JsonSchema, sample: unknown): boolean => {
  const [first = schema] = schema.anyOf ?? [];
  if (first.items?.properties && Array.isArray(sample))
    return sample.every((each) => typeof each === 'object');
  if (first.properties === undefined) return true;
  if (typeof sample !== 'object' || sample === null) return sample === null && !schema.properties;
  return !schema.properties || Object.keys(sample).every((name) => name in (schema.properties ?? {}));
};

export const createSampler = (components: Record<string, JsonSchema>) => {
  const sampleOf = (schema: JsonSchema, direction: 'sent' | 'answered'): unknown => {
    const name = nameOf(schema);
    if (name !== null) return sampleOf(components[name] ?? {}, direction);
    const [first] = schema.oneOf ?? schema.anyOf ?? [];
    if (first) return sampleOf(first, direction);
    if (schema.items) return [sampleOf(schema.items, direction)];
    if (!schema.properties) return fromSchema(schema);
    const known = direction === 'sent' ? { ...samples, ...sentOnly } : samples;
    const required = new Set(schema.required);
    const fields = Object.entries(schema.properties).filter(
      ([field]) => required.has(field) || (direction === 'sent' && !rarelySent.has(field)),
    );
    return Object.fromEntries(
      fields.map(([field, property]) => {
        const isKnown = field in known && property.const === undefined && isOf(property, known[field]);
        return [field, isKnown ? known[field] : sampleOf(property, direction)];
      }),
    );
  };
  return sampleOf;
};
