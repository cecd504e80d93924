import { providerList } from '#contract/numbers/choices.ts';
import { fieldOf, isFieldName } from '#contract/numbers/fields.ts';
import { phoneNumberCreateSchema, type PhoneNumberCreate } from '#contract/numbers/phone-numbers.ts';
import { traps, trapsOfProse, type Chance } from '#server/testing/hostile-texts.ts';

/*
 * Numbers whose every text is a trap for whoever writes or reads a table: formulas, quotes, separators, line
 * breaks, unseen and foreign characters, and what a spreadsheet takes for a number or a date. What no field
 * takes, as a NUL, is not among them: it never reaches a file.
 */

const textOf = ({ below, oneOf }: Chance, most = 5, from: readonly string[] = traps) =>
  Array.from({ length: 1 + below(most) }, () => oneOf(from)).join('');

const fieldsOfProvider = (chance: Chance, provider: (typeof providerList)[number]) => {
  const hex = (length: number) => Array.from({ length }, () => chance.below(16).toString(16)).join('');
  if (provider === 'twilio') return { twilio_account_sid: `AC${hex(32)}`, twilio_auth_token: hex(32) };
  if (provider === 'pia') return {};
  return {
    sip_termination_uri: chance.oneOf([
      'trunk.example',
      '10.0.0.1:5060',
      'sip:-1@[2001:db8::1]:5061;transport=tls',
    ]),
    sip_trunk_username: textOf(chance, 3),
    sip_caller_format: chance.oneOf(['international', 'BD', null]),
    sip_infra_region: chance.oneOf(['global', 'bd', 'bd_link3']),
    sip_trunk_password: textOf(chance, 3),
  };
};

/** Rules and call handling travel in JSON lines alone. */
const wholesOf = (chance: Chance, agentIds: readonly string[]) => ({
  routing: {
    rules: [
      {
        name: textOf(chance),
        when: { caller_countries: ['BD', 'IN'] },
        destination: { type: 'message', text: textOf(chance) },
      },
      {
        when: { anonymous: true },
        destination: {
          type: 'split',
          agents: [{ agent_id: chance.oneOf(agentIds), weight: 1 + chance.below(9) }],
        },
      },
    ],
    fallback: { type: 'voicemail', greeting: textOf(chance) },
  },
  call_handling: { ring_timeout_seconds: 20 + chance.below(20), caller_id_name: textOf(chance, 2) },
});

const anything = (chance: Chance, at: number, agentIds: readonly string[]) => {
  const maybe = <T>(make: () => T): T | null => (chance.below(10) < 3 ? null : make());
  const provider = chance.oneOf(providerList);
  return {
    phone_number: `+1202${2_000_000 + at}`,
    provider,
    friendly_name: maybe(() => textOf(chance)),
    inbound_agent_id: maybe(() => chance.oneOf(agentIds)),
    outbound_agent_id: maybe(() => chance.oneOf(agentIds)),
    labels: Array.from({ length: chance.below(4) }, () => textOf(chance, 3)),
    metadata: Object.fromEntries(
      Array.from({ length: chance.below(4) }, (_, key) => [`key.${key}-_`, textOf(chance)]),
    ),
    notes: maybe(() => textOf(chance, 12, trapsOfProse)),
    ...fieldsOfProvider(chance, provider),
    ...(chance.below(4) === 0 && wholesOf(chance, agentIds)),
  };
};

/** What of each trap may stand in a field stands there; a field that the schema refuses is left out. */
export const hostileNumber = (chance: Chance, at: number, agentIds: readonly string[]): PhoneNumberCreate => {
  let body: Record<string, unknown> = anything(chance, at, agentIds);
  for (;;) {
    const judged = phoneNumberCreateSchema.safeParse(body);
    if (judged.success) return judged.data;
    const refused = new Set(judged.error.issues.map(({ path }) => String(path[0])));
    const isNeeded = (name: string) =>
      name === 'phone_number' || (isFieldName(name) && fieldOf(name).isRequired === true);
    if ([...refused].some(isNeeded)) throw judged.error;
    body = Object.fromEntries(Object.entries(body).filter(([name]) => !refused.has(name)));
  }
};

export const hostileAgents = [
  'Night desk',
  "'=Agent",
  '=1+1',
  '+1 desk',
  '-',
  '@here',
  'A|B, "C"',
  'a;b',
  '中文 · é',
  'İstanbul',
  '1E5',
  'null',
] as const;
