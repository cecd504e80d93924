import { plainNames, type PlainName } from '#contract/numbers/fields.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import type { Rule } from '#contract/numbers/routing.ts';
import { MASK } from '#contract/primitives.ts';

type Sip = Extract<PhoneNumber, { provider: 'sip' }>;
type Twilio = Extract<PhoneNumber, { provider: 'twilio' }>;

const shared = {
  phone_number: '+8801711204418',
  phone_number_international: '+880 1711-204418',
  country: 'BD',
  ...(Object.fromEntries(plainNames.map((name) => [name, null])) as Record<PlainName, null>),
  friendly_name: 'Dhaka support',
  inbound_agent_id: 'asha',
  labels: ['bd', 'production'],
  metadata: { team: 'support', tier: '1' },
  routing: null,
  call_handling: null,
  temporary_reassignment: null,
  links: [],
  version: 3,
  created_at: '2026-01-02T03:04:05.000Z',
  updated_at: '2026-01-02T03:04:05.000Z',
};

/** Numbers for the tests of this folder. */
export const sipNumber = (changes: Partial<Sip> = {}): Sip => ({
  _id: '000000000000000000000001',
  provider: 'sip',
  ...shared,
  sip_termination_uri: 'sip.dhaka-link.example',
  sip_trunk_username: 'cord-bd-01',
  sip_caller_format: null,
  sip_trunk_password: MASK,
  sip_trunk_password_fingerprint: '0a1b2c3d',
  sip_infra_region: 'bd_link3',
  ...changes,
});

export const twilioNumber = (changes: Partial<Twilio> = {}): Twilio => ({
  _id: '000000000000000000000002',
  provider: 'twilio',
  ...shared,
  twilio_account_sid: `AC${'0'.repeat(32)}`,
  twilio_auth_token: MASK,
  twilio_auth_token_fingerprint: '99887766',
  ...changes,
});

/** Rules that use every field there is. */
export const everyRule: Rule[] = [
  {
    id: 'r1',
    name: 'Holidays',
    enabled: true,
    when: {
      hours: 'exception',
      caller_countries: null,
      caller_prefixes: null,
      caller_in: null,
      anonymous: 'any',
    },
    destination: { type: 'message', text: 'We are closed.\nCall again tomorrow.' },
  },
  {
    id: 'r2',
    name: null,
    enabled: false,
    when: {
      hours: 'closed',
      caller_countries: ['BD', 'IN'],
      caller_prefixes: ['+8801'],
      caller_in: ['+8801711204418'],
      anonymous: false,
    },
    destination: {
      type: 'split',
      agents: [
        { agent_id: 'asha', weight: 3 },
        { agent_id: 'gone', weight: 1 },
      ],
    },
  },
  {
    id: 'r3',
    name: 'ليلي',
    enabled: true,
    when: { hours: 'any', caller_countries: [], caller_prefixes: [], caller_in: [], anonymous: true },
    destination: { type: 'forward', to: 'sip:desk@pbx.example', ring_timeout_seconds: 20 },
  },
  {
    id: 'r4',
    name: null,
    enabled: true,
    when: { hours: 'open', caller_countries: null, caller_prefixes: null, caller_in: null, anonymous: 'any' },
    destination: { type: 'voicemail', greeting: null },
  },
  {
    id: 'r5',
    name: null,
    enabled: true,
    when: { hours: 'any', caller_countries: null, caller_prefixes: null, caller_in: null, anonymous: 'any' },
    destination: { type: 'reject', reason: 'busy' },
  },
];
