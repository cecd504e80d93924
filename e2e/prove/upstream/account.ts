import { randomBytes } from 'node:crypto';
import type { Connection } from '#contract/connections/connections.ts';
import { editableOf, type SecretManner, type StandInRecord } from '#server/testing/verbex/records.ts';
import { startVerbex, type VerbexStandIn } from '#server/testing/verbex/start-verbex.ts';
import { addNumber, samples, type Caller } from '../../http.ts';
import type { RunningServer } from '../../server.ts';
import { atDatabase } from '../at-database.ts';

/** A number that is here and there, and what it was set to last, in the platform's words. */
export interface LinkedNumber {
  id: string;
  upstreamId: string;
  phoneNumber: string;
  provider: string;
  wanted: Record<string, string | null>;
}

/** An account of a platform of its own, and what is known of it here. */
export interface Account {
  verbex: VerbexStandIn;
  connectionId: string;
  /** By their ids here, the ids that they have there. */
  agents: ReadonlyMap<string, string>;
}

/** In each secret, so that one is found whichever it is. */
export const canary = `canary-${randomBytes(6).toString('hex')}`;
export const newSecret = () => `${canary}-${randomBytes(5).toString('hex')}`;

let made = 0;

export const openAccount = async (api: Caller, secrets: SecretManner = 'masked'): Promise<Account> => {
  const turn = ++made;
  const verbex = await startVerbex({ secrets, key: newSecret() });
  const { connection_id: connectionId } = await api.send<Connection>('POST', '/v1/connections', {
    kind: 'verbex',
    name: `Account ${turn}`,
    settings: { base_url: verbex.url },
    credentials: { api_key: verbex.state.key },
  });
  const agents = new Map<string, string>();
  for (const name of ['Asha', 'Rina']) {
    const upstreamId = `${name} ${turn}`.toLowerCase().replace(' ', '-');
    const body = { agent_name: `${name} ${turn}`, upstream_ids: { [connectionId]: upstreamId } };
    const { data } = await api.send<{ data: { ai_agent_id: string } }>('POST', '/v2/ai-agents', body);
    agents.set(data.ai_agent_id, upstreamId);
  }
  return { verbex, connectionId, agents };
};

const linkText = `insert into number_link (phone_number_id, role, connection_id, upstream_id, state, seen, seen_marks, theirs, theirs_marks, seen_at)
  select n.id, 'platform', $1, n.upstream_id, 'synced', n.seen, m.marks, n.seen, m.marks, now()
  from jsonb_to_recordset($2::jsonb) as n (id text, upstream_id text, seen jsonb),
    lateral (select coalesce(jsonb_object_agg(c.field, c.fingerprint), '{}') as marks
      from credential c where c.phone_number_id = n.id) m`;

const providers = ['sip', 'twilio', 'sip', 'pia'] as const;
const credentials = ['sip_trunk_password', 'twilio_auth_token'];

/** Numbers that are the same here and there, as after an import. */
export const linkNumbers = async (
  server: RunningServer,
  api: Caller,
  { verbex, connectionId }: Account,
  count: number,
): Promise<LinkedNumber[]> => {
  const linked: LinkedNumber[] = [];
  for (let at = 0; at < count; at++) {
    const provider = providers[at % providers.length] ?? 'sip';
    const given: Record<string, string> = {
      friendly_name: `Number ${at}`,
      ...(provider === 'sip' && { sip_trunk_password: newSecret() }),
    };
    const number = await addNumber(api, provider, given);
    // Of what is masked in the answer the value is known from what was sent.
    const sent: Record<string, unknown> = { ...number, ...samples[provider](), ...given };
    const wanted = Object.fromEntries(
      editableOf(provider).map((name) => [name, typeof sent[name] === 'string' ? sent[name] : null]),
    );
    const { _id: upstreamId } = verbex.addNumber({ ...wanted, phone_number: number.phone_number, provider });
    linked.push({ id: number._id, upstreamId, phoneNumber: number.phone_number, provider, wanted });
  }
  const rows = linked.map(({ id, upstreamId, wanted }) => ({
    id,
    upstream_id: upstreamId,
    seen: Object.fromEntries(Object.entries(wanted).filter(([name]) => !credentials.includes(name))),
  }));
  await atDatabase(server, (database) => database.query(linkText, [connectionId, JSON.stringify(rows)]));
  return linked;
};

export const thereOf = ({ verbex }: Account, { upstreamId }: LinkedNumber): StandInRecord | undefined =>
  verbex.state.numbers.get(upstreamId);

/** The fields that are not as they should be, also of those that nobody here knows. */
export const differencesOf = (
  { provider, wanted }: Pick<LinkedNumber, 'provider' | 'wanted'>,
  record: StandInRecord | undefined,
): string[] => {
  if (record === undefined) return ['the whole number'];
  const unknown = { workspace_id: 'w-7', capabilities: { voice: true, sms: false } };
  return [
    ...editableOf(provider).filter((name) => (wanted[name] ?? '') !== (record[name] ?? '')),
    ...Object.entries(unknown).flatMap(([name, value]) =>
      JSON.stringify(record[name]) === JSON.stringify(value) ? [] : [name],
    ),
  ];
};
