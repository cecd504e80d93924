import { z } from 'zod';
import { lineSchema, MASK } from './primitives.ts';
import { sipCallerFormatSchema } from './sip-caller-format.ts';

/**
 * The three ways a phone number reaches the platform. Everything a provider has of its own is declared in this file:
 * `settings` are plain fields, `credentials` are secrets, `createOnly` names settings fixed at creation.
 * Adding a provider is adding a member here; the compiler then names every other place.
 */

const host = String.raw`(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?)*\.?|\[[0-9A-Fa-f:.]+\])`;
const port = String.raw`(?::(?:[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d{2}|655[0-2]\d|6553[0-5]))?`;
const user = String.raw`(?:[A-Za-z0-9\-_.!~*'()&=+$,;?/%]{1,64}@)?`;
const sipUriPattern = new RegExp(`^(?:${host}${port}|[sS][iI][pP][sS]?:${user}${host}${port}(?:;transport=(?:udp|tcp|tls|UDP|TCP|TLS))?)$`);

// A dotted run of digits is meant as an IPv4 address, so 300.1.1.1 is a mistake and not a host name.
const hasPlausibleAddress = (uri: string) => {
  const literal = /(?:^|[:@])(\d+(?:\.\d+)+)(?=[:;]|$)/.exec(uri)?.[1];
  if (literal !== undefined) return z.ipv4().safeParse(literal).success;
  const bracketed = /\[([^\]]*)\]/.exec(uri)?.[1];
  return bracketed === undefined || z.ipv6().safeParse(bracketed).success;
};

export const MAX_SIP_URI = 255;
/** `host`, `host:port`, or a `sip:`/`sips:` URI with optional user, port and `;transport=`; at most 255 characters. */
export const sipTerminationUriSchema = lineSchema(MAX_SIP_URI)
  .refine((uri) => sipUriPattern.test(uri) && hasPlausibleAddress(uri), {
    error: 'Write a host, host:port, or a sip: address, as in sip.carrier.example:5060.',
    params: { code: 'invalid_sip_uri' },
  })
  .describe('Where calls for this number are sent: `host`, `host:port`, or `sip:user@host:port;transport=tls`.');

export const sipInfraRegionSchema = z
  .enum(['global', 'bd', 'bd_link3'], 'Choose a region: global, bd or bd_link3.')
  .describe('The infrastructure that carries the trunk. Fixed when the number is added.');

export const MAX_TRUNK_TEXT = 128;
const trunkText = lineSchema(MAX_TRUNK_TEXT);

const twilioAccountSidSchema = z
  .string()
  .trim()
  .regex(/^AC[0-9a-fA-F]{32}$/, 'An account SID is AC followed by 32 hexadecimal digits.')
  .describe('The Twilio account that owns the number: `AC` and 32 hexadecimal digits.');

const twilioAuthTokenSchema = z
  .string()
  .trim()
  .regex(/^[0-9a-fA-F]{32}$/, 'An auth token is 32 hexadecimal digits.')
  .describe('The auth token of the Twilio account. Written, never read; see reveal.');

export const providers = {
  sip: {
    settings: {
      sip_termination_uri: sipTerminationUriSchema,
      sip_trunk_username: trunkText.describe('The user name the trunk signs in with.'),
      sip_caller_format: sipCallerFormatSchema,
      sip_infra_region: sipInfraRegionSchema,
    },
    credentials: {
      sip_trunk_password: trunkText.describe('The password of the trunk. Written, never read; see reveal.'),
    },
    createOnly: ['sip_infra_region'],
    required: [],
  },
  twilio: {
    settings: { twilio_account_sid: twilioAccountSidSchema },
    credentials: { twilio_auth_token: twilioAuthTokenSchema },
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
