import type { UpstreamFields } from '#server/features/connections/kinds/upstream/connection-kind.ts';

const shared = ['friendly_name', 'inbound_agent_id', 'outbound_agent_id'];

const byProvider: Readonly<Record<string, UpstreamFields>> = {
  sip: {
    editable: [...shared, 'sip_termination_uri', 'sip_trunk_username'],
    secret: ['sip_trunk_password'],
    fixed: ['sip_infra_region'],
  },
  pia: { editable: shared, secret: [], fixed: [] },
  twilio: { editable: [...shared, 'twilio_account_sid'], secret: ['twilio_auth_token'], fixed: [] },
};
const none: UpstreamFields = { editable: [], secret: [], fixed: [] };

/** What Verbex keeps of a number, by its provider. */
export const fieldsOf = (provider: string): UpstreamFields =>
  Object.hasOwn(byProvider, provider) ? (byProvider[provider] ?? none) : none;

const every = Object.values(byProvider);
export const secretFields: ReadonlySet<string> = new Set(every.flatMap(({ secret }) => secret));
export const knownFields: ReadonlySet<string> = new Set([
  'phone_number',
  'provider',
  ...every.flatMap(({ editable, secret, fixed }) => [...editable, ...secret, ...fixed]),
]);
