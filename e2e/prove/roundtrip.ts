import { MASK } from '#contract/primitives.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { addNumber, keyFromCommandLine, withKey, type Caller } from '../http.ts';
import { startServer } from '../server.ts';
import { count, type Proof } from './proof.ts';

const TIMES = 10_000;
const AT_ONCE = 8;

const secrets = { sip_trunk_password: 'round trip / secret "1"', twilio_auth_token: 'c0ffee00'.repeat(4) };
type Credential = keyof typeof secrets;

interface Kept {
  id: string;
  version: number;
  credential: Credential | null;
}

const add = async (api: Caller): Promise<Kept[]> => {
  const agent = await api.send<{ data: { ai_agent_id: string } }>('POST', '/v2/ai-agents', {
    agent_name: `Round trip ${process.pid}`,
  });
  const shared = {
    friendly_name: 'Round trip',
    inbound_agent_id: agent.data.ai_agent_id,
    labels: ['production', 'VIP'],
    metadata: { crm: 'a-1', region: 'west' },
    notes: 'first line\nsecond\tline',
    routing: {
      rules: [
        {
          name: 'Night',
          when: { hours: 'closed', caller_countries: ['IN', 'BD'] },
          destination: { type: 'voicemail', greeting: 'Later.' },
        },
        {
          when: { anonymous: true },
          destination: { type: 'split', agents: [{ agent_id: agent.data.ai_agent_id, weight: 3 }] },
        },
      ],
      fallback: { type: 'forward', to: 'sip:desk@pbx.example' },
    },
    call_handling: {
      recording: 'both',
      blocked_callers: [{ prefix: '+1900' }],
      outbound_window: { time_zone: 'Asia/Dhaka', weekly: [] },
    },
  };
  const numbers = [
    await addNumber(api, 'sip', {
      ...shared,
      sip_trunk_password: secrets.sip_trunk_password,
      sip_infra_region: 'bd',
    }),
    await addNumber(api, 'twilio', { ...shared, twilio_auth_token: secrets.twilio_auth_token }),
    await addNumber(api, 'pia', shared),
    // Nothing set that need not be: null must come back as null.
    await addNumber(api, 'sip', {
      sip_trunk_password: null,
      sip_trunk_username: null,
      sip_termination_uri: null,
    }),
  ];
  const credentials: (Credential | null)[] = ['sip_trunk_password', 'twilio_auth_token', null, null];
  return numbers.map(({ _id, version }, index) => ({
    id: _id,
    version,
    credential: credentials[index] ?? null,
  }));
};

/** What is no longer as it was kept: a version that moved, or a secret that reveals as something else. */
const differences = async (api: Caller, kept: readonly Kept[]): Promise<string[]> => {
  const problems: string[] = [];
  for (const { id, version, credential } of kept) {
    const now = await api.get<PhoneNumber>(`/v1/phone-numbers/${id}`);
    if (now.version !== version)
      problems.push(`${now.provider} went from version ${version} to ${now.version}`);
    if (credential === null) continue;
    const { value } = await api.send<{ value: string }>('POST', `/v1/phone-numbers/${id}/reveal`, {
      credential,
    });
    if (value !== secrets[credential]) problems.push(`${credential} is no longer what was stored`);
  }
  return problems;
};

/** What is read can be sent back whole, masks and all, any number of times, and nothing changes. */
export const roundtrip: Proof = async (report) => {
  const server = await startServer({ env: { LOG_LEVEL: 'error' } });
  try {
    const api = withKey(
      server.url,
      await keyFromCommandLine(server, [
        'numbers:read',
        'numbers:write',
        'agents:write',
        'credentials:reveal',
      ]),
    );
    const kept = await add(api);
    let masks = 0;
    let refused = '';
    const turn = async (index: number) => {
      const { id } = kept[index % kept.length] ?? { id: '' };
      const { text } = await api.request('GET', `/v1/phone-numbers/${id}`);
      if (text.includes(MASK)) masks++;
      const answer = await api.request('PATCH', `/v1/phone-numbers/${id}`, { raw: text });
      if (answer.status !== 200 || answer.text !== text)
        refused ||= `${answer.status} ${answer.text.slice(0, 200)}`;
    };
    let next = 0;
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        while (next < TIMES) await turn(next++);
      }),
    );
    const problems = await differences(api, kept);
    report.check(
      `GET → PATCH of the whole record, ${count(TIMES)} times: each answers what was read`,
      refused === '' && masks === TIMES / 2,
      refused || `${count(masks)} masks sent back`,
    );
    report.check(
      'no secret and no version has changed',
      problems.length === 0,
      problems.join('; ') || `${kept.length} numbers of three providers`,
    );

    const [sip] = kept;
    if (sip === undefined) return;
    const patch = (body: object) => api.send('PATCH', `/v1/phone-numbers/${sip.id}`, body);
    const short = await api.request('PATCH', `/v1/phone-numbers/${sip.id}`, {
      body: { sip_trunk_password: MASK.slice(1) },
    });
    const isRefused = short.status === 422 && (await differences(api, kept)).length === 0;
    report.check(
      'a mask one dot short is refused, and nothing has changed',
      isRefused,
      `status ${short.status}`,
    );
    await patch({ sip_trunk_password: `${secrets.sip_trunk_password}.` });
    report.control('a password with a dot more', (await differences(api, kept)).length === 2);
    await patch({ sip_trunk_password: secrets.sip_trunk_password });
    report.control('a version more than was kept', (await differences(api, kept)).length === 1);
  } finally {
    await server.stop();
  }
};
