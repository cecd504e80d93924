import { z } from 'zod';
import { readAccountSid, readAuthToken, readSecret } from './credential-text.ts';
import { MASK } from './primitives.ts';
import { readAs } from './reading.ts';
import { MAX_SIP_URI, readSipAddress } from './sip-address.ts';
import { sipCallerFormatSchema } from './sip-caller-format.ts';
import { readAsSent } from './text.ts';

/**
 * The three ways a phone number reaches the platform. Everything a provider has of its own is declared in this file:
 * `settings` are plain fields, `credentials` are secrets, `createOnly` names settings fixed at creation.
 * Adding a provider is adding a member here; the compiler then names every other place.
 */

/** `host`, `host:port`, or a `sip:`/`sips:` URI with optional user and port; parameters behind it; at most 255 characters. */
export const sipTerminationUriSchema = readAs(readSipAddress, { minLength: 1, maxLength: MAX_SIP_URI }).describe(
  'Where calls for this number are sent: `host`, `host:port`, or `sip:user@host:port`, with parameters as in `;transport=tls`. No password, `maddr` or headers.',
);

export const sipInfraRegionSchema = z
  .enum(['global', 'bd', 'bd_link3'], 'Choose a region: global, bd or bd_link3.')
  .describe('The infrastructure that carries the trunk. Fixed when the number is added.');

export const MAX_TRUNK_TEXT = 256;
const trunkLimits = { minLength: 1, maxLength: MAX_TRUNK_TEXT };

export const providers = {
  sip: {
    settings: {
      sip_termination_uri: sipTerminationUriSchema,
      sip_trunk_username: readAs((text) => readAsSent(text, MAX_TRUNK_TEXT), trunkLimits).describe(
        'The user name the trunk signs in with, as it is sent.',
      ),
      sip_caller_format: sipCallerFormatSchema,
      sip_infra_region: sipInfraRegionSchema,
    },
    credentials: {
      sip_trunk_password: readAs((text) => readSecret(text, MAX_TRUNK_TEXT), trunkLimits).describe(
        'The password of the trunk, as it is sent. Written, never read; see reveal.',
      ),
    },
    createOnly: ['sip_infra_region'],
    required: [],
  },
  twilio: {
    settings: { twilio_account_sid: readAs(readAccountSid).describe('The Twilio account that owns the number: `AC` and 32 hexadecimal digits.') },
    credentials: {
      twilio_auth_token: readAs(readAuthToken).describe(
        'The auth token of the Twilio account: 32 hexadecimal digits. Written, never read; see reveal.',
      ),
    },
    createOnly: [],
    required: ['twilio_account_sid', 'twilio_auth_token'],
  },
  pia: { settings: {}, credentials: {}, createOnly: [], required: [] },
} as const satisfies Record<string, ProviderDefinition>;

export interface ProviderDefinition {
  /** Plain fields, stored as given. */
  settings: Record<string, z.ZodType<string>>;
  /** Secret fields: sealed at rest, masked in every answer. */
  credentials: Record<string, z.ZodType<string>>;
  /** Settings that cannot change after creation. */
  createOnly: readonly string[];
  /** Fields without which a number cannot be created. */
  required: readonly string[];
}

export type Provider = keyof typeof providers;
type Fields<P extends Provider, Kind extends 'settings' | 'credentials'> = Extract<keyof (typeof providers)[P][Kind], string>;
export type SettingName = { [P in Provider]: Fields<P, 'settings'> }[Provider];
export type CredentialName = { [P in Provider]: Fields<P, 'credentials'> }[Provider];

export const providerSchema = z.enum(Object.keys(providers) as [Provider, ...Provider[]]).describe('How the number reaches the platform.');

export const credentialNames = Object.values(providers).flatMap((provider) => Object.keys(provider.credentials)) as CredentialName[];
export const credentialNameSchema = z.enum(credentialNames as [CredentialName, ...CredentialName[]]).describe('A secret field of the number.');

/** Whose own field this is; undefined for shared and unknown ones. */
export const providerOfField = (field: string): Provider | undefined => {
  const name = field.replace(/_fingerprint$/, '');
  return providerSchema.options.find(
    (provider) => Object.hasOwn(providers[provider].settings, name) || Object.hasOwn(providers[provider].credentials, name),
  );
};

/** Whether numbers of this provider have such a credential. */
export const hasCredential = (provider: Provider, name: CredentialName): boolean => Object.hasOwn(providers[provider].credentials, name);

/** A credential as every answer shows it: the mask when one is set, null when not. */
export const maskedSchema = z.literal(MASK).nullable();

/**
 * Two forms that look alike. Who may reveal sees the fingerprint of the secret: equal for equal secrets. Everyone else sees
 * one of this number and of the version that set the credential: it tells when it was set again, and nothing of the secret.
 */
export const fingerprintSchema = z
  .string()
  .regex(/^[0-9a-f]{8}$/, 'A fingerprint is 8 hexadecimal digits.')
  .describe(
    'Eight hexadecimal digits. For who may reveal, the same for equal secrets; for everyone else another one each time the credential is set.',
  );
