import { randomBytes } from 'node:crypto';

/** A record as the platform keeps it, its secrets in clear. */
export type StandInRecord = Record<string, unknown> & { _id: string; phone_number: string; provider: string };

const shared = ['friendly_name', 'inbound_agent_id', 'outbound_agent_id'];
const ownFields: Readonly<Record<string, readonly string[]>> = {
  sip: [...shared, 'sip_termination_uri', 'sip_trunk_username', 'sip_trunk_password'],
  pia: shared,
  twilio: [...shared, 'twilio_account_sid', 'twilio_auth_token'],
};
const secretFields = ['sip_trunk_password', 'twilio_auth_token'];

export const editableOf = (provider: string): readonly string[] => ownFields[provider] ?? shared;

/** A record with every field of its provider, null where nothing is given, and some that nobody documents. */
export const makeRecord = (
  given: Readonly<Record<string, unknown>> & { phone_number: string; provider: string },
): StandInRecord => ({
  _id: randomBytes(12).toString('hex'),
  ...Object.fromEntries(editableOf(given.provider).map((name) => [name, null])),
  ...(given.provider === 'sip' ? { sip_infra_region: 'global' } : {}),
  workspace_id: 'w-7',
  capabilities: { voice: true, sms: false },
  ...given,
});

/** How it answers secrets: in clear, as a mask, or not at all. */
export type SecretManner = 'clear' | 'masked' | 'withheld';

export const answered = (
  record: StandInRecord,
  { secrets: manner, omitsNulls }: { secrets: SecretManner; omitsNulls: boolean },
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(record).flatMap(([name, value]) => {
      if (omitsNulls && value === null) return [];
      if (manner === 'clear' || !secretFields.includes(name)) return [[name, value]];
      if (manner === 'withheld') return [];
      return [[name, value === null ? null : '********']];
    }),
  );

/** In FastAPI's words, which repeat what was sent. */
export const findMistakes = (provider: string, body: Readonly<Record<string, unknown>>) =>
  Object.entries(body).flatMap(([name, value]) => {
    if (!editableOf(provider).includes(name))
      return [
        { type: 'extra_forbidden', loc: ['body', name], msg: 'Extra inputs are not permitted', input: value },
      ];
    if (value !== null && (typeof value !== 'string' || value.length > 255))
      return [
        {
          type: 'string_too_long',
          loc: ['body', name],
          msg: `String should have at most 255 characters, not ${JSON.stringify(value)}`,
          input: value,
        },
      ];
    return [];
  });

/** The change itself: what is left out is wiped, or stays. */
export const applyPatch = (
  record: StandInRecord,
  body: Readonly<Record<string, unknown>>,
  wipes: boolean,
): void => {
  for (const name of editableOf(record.provider))
    if (name in body) record[name] = body[name];
    else if (wipes) record[name] = null;
};
