import { z } from 'zod';
import { assignableAgentIdSchema } from '#contract/agents.ts';
import { readAccountSid, readAuthToken, readSecret } from './credential-text.ts';
import { choiceWords } from './choice-words.ts';
import { providerList, type Provider } from './choices.ts';
import { credentialNames, fields, type CredentialName, type OwnName, type PlainName } from './fields.ts';
import { lineSchema, MASK, proseSchema } from '#contract/primitives.ts';
import { readAs } from '#contract/reading/reading.ts';
import { readSipAddress } from '#contract/reading/sip-address.ts';
import { sipCallerFormatSchema } from './sip-caller-format.ts';
import { readAsSent } from '#contract/reading/text.ts';

/* What the value of each plain field looks like. Those of lists and objects are said where these are. */

const limitsOf = ({ maxLength }: { maxLength: number }) => ({ minLength: 1, maxLength });

/**
 * `host`, `host:port`, or a `sip:`/`sips:` URI with optional user and port; parameters behind it; at most 255
 * characters.
 */
export const sipTerminationUriSchema = readAs(readSipAddress, limitsOf(fields.sip_termination_uri)).describe(
  'Where calls for this number are sent: `host`, `host:port`, or `sip:user@host:port`, with parameters as in `;transport=tls`. No password, `maddr` or headers.',
);

const regions = Object.keys(
  fields.sip_infra_region.choices,
) as (keyof typeof fields.sip_infra_region.choices)[];

const username = fields.sip_trunk_username;
const password = fields.sip_trunk_password;

export const valueSchemas = {
  friendly_name: lineSchema(fields.friendly_name.maxLength).describe('The name people know the number by.'),
  inbound_agent_id: assignableAgentIdSchema.describe('The agent that answers where no rule decides.'),
  outbound_agent_id: assignableAgentIdSchema.describe('The agent that dials from this number.'),
  notes: proseSchema(fields.notes.maxLength).describe('Whatever the next operator should know.'),
  sip_termination_uri: sipTerminationUriSchema,
  sip_trunk_username: readAs((text) => readAsSent(text, username.maxLength), limitsOf(username)).describe(
    'The user name the trunk signs in with, as it is sent.',
  ),
  sip_caller_format: sipCallerFormatSchema,
  sip_infra_region: z
    .enum(regions, `Choose a region: ${choiceWords(fields.sip_infra_region.choices)}.`)
    .describe('The infrastructure that carries the trunk. Fixed when the number is added.'),
  sip_trunk_password: readAs((text) => readSecret(text, password.maxLength), limitsOf(password)).describe(
    'The password of the trunk, as it is sent. Written, never read; see reveal.',
  ),
  twilio_account_sid: readAs(readAccountSid).describe(
    'The Twilio account that owns the number: `AC` and 32 hexadecimal digits.',
  ),
  twilio_auth_token: readAs(readAuthToken).describe(
    'The auth token of the Twilio account: 32 hexadecimal digits. Written, never read; see reveal.',
  ),
} as const satisfies Record<PlainName | OwnName, z.ZodType<string>>;

export const providerSchema = z
  .enum(providerList as [Provider, ...Provider[]])
  .describe('How the number reaches the platform.');

export const credentialNameSchema = z
  .enum(credentialNames as readonly [CredentialName, ...CredentialName[]])
  .describe('A secret field of the number.');

/** A credential as every answer shows it: the mask when one is set, null when not. */
export const maskedSchema = z.literal(MASK).nullable();

/**
 * Two forms that look alike. Who may reveal sees the fingerprint of the secret: equal for equal secrets.
 * Everyone else sees one of this number and of the version that set the credential: it tells when it was set
 * again, and nothing of the secret.
 */
export const fingerprintSchema = z
  .string()
  .regex(/^[0-9a-f]{8}$/, 'A fingerprint is 8 hexadecimal digits.')
  .describe(
    'Eight hexadecimal digits. For who may reveal, the same for equal secrets; for everyone else another one each time the credential is set.',
  );
