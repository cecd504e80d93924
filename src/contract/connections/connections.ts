import { z } from 'zod';
import { idSchema, instantSchema, lineSchema, MASK, tooMuch } from '#contract/primitives.ts';

/*
 * Connections: accounts elsewhere, in which the numbers live that are kept here. The registry of kinds is made
 * for more than one.
 */

export const connectionKinds = ['verbex'] as const;
export const connectionKindSchema = z
  .enum(connectionKinds)
  .describe('What it is an account of: `verbex`, the voice platform.');
export type ConnectionKindName = z.infer<typeof connectionKindSchema>;

export const connectionRoles = ['platform', 'carrier'] as const;
export const connectionRoleSchema = z
  .enum(connectionRoles)
  .describe('`platform`: who answers the calls of a number; `carrier`: where they come from.');
export type ConnectionRole = z.infer<typeof connectionRoleSchema>;

export const connectionStates = ['unchecked', 'ok', 'refused', 'unreachable'] as const;
export const connectionStateSchema = z
  .enum(connectionStates)
  .describe(
    'What the last check found. `unchecked`: none since the credentials or the address were set. `refused`: the credentials are not taken. `unreachable`: there was no answer that could be understood.',
  );
export type ConnectionState = z.infer<typeof connectionStateSchema>;

export const MAX_CONNECTION_NAME = 80;
export const MAX_BASE_URL = 255;
export const MAX_CONNECTION_KEY = 512;

// As browsers and Node have it alike.
declare const URL: { canParse(text: string): boolean };

const ADDRESS = /^(https?):\/\/((?:[\p{L}\p{N}.-]+|\[[\da-f:.]+\])(?::\d{1,5})?)((?:\/[^\s?#\\]*)?)$/iu;

const whyNoAddress = (text: string): string => {
  if (/^https?:\/\/[^/]*@/i.test(text))
    return 'Leave out the user and password: credentials have fields of their own.';
  return /^https?:.*[?#]/i.test(text)
    ? 'Leave out what follows ? or #.'
    : 'Write the address as https://api.company.example.';
};

const baseUrlSchema = z
  .string()
  .trim()
  .max(MAX_BASE_URL, tooMuch(`Shorten this to ${MAX_BASE_URL} characters or fewer.`))
  // What has the look of an address may yet be none: a port of five digits, five parts of four.
  .refine((text) => ADDRESS.test(text) && URL.canParse(text), {
    error: ({ input }) => whyNoAddress(String(input)),
    params: { code: 'invalid_format' },
    abort: true,
  })
  // One address, however it is written: another one needs the credentials anew.
  .overwrite((text) => {
    const [, scheme = '', host = '', path = ''] = ADDRESS.exec(text) ?? [];
    return `${scheme.toLowerCase()}://${host.toLowerCase()}${path.replace(/\/+$/, '')}`;
  })
  .describe('Where the API is reached, if not at the address of the kind; without a slash at its end.');

const isVisible = (text: string) => /^[\x21-\x7e]*$/.test(text);

/** What is sent in a header. Its ends are freed of what a paste brings. */
const secretSchema = z
  .string()
  .trim()
  .min(1, 'Paste the key.')
  .max(MAX_CONNECTION_KEY, tooMuch(`A key has at most ${MAX_CONNECTION_KEY} characters.`))
  .refine((text) => text === MASK || isVisible(text), {
    error: 'Paste the key alone: it has neither spaces nor letters beyond ASCII.',
    params: { code: 'invalid_format' },
  });

export const connectionCredentials = ['api_key'] as const;
export type ConnectionCredential = (typeof connectionCredentials)[number];

const nameSchema = lineSchema(MAX_CONNECTION_NAME).describe('The name operators know the account by.');

export const connectionSchema = z.strictObject({
  connection_id: idSchema,
  kind: connectionKindSchema,
  role: connectionRoleSchema,
  name: nameSchema,
  settings: z.strictObject({
    base_url: z.string().nullable().describe('Where the API is reached; null: at the address of the kind.'),
  }),
  credentials: z
    .strictObject({ api_key: z.literal(MASK).nullable() })
    .describe('Shown as the mask. POST …/reveal is the only way to the plaintext.'),
  credential_fingerprints: z
    .strictObject({ api_key: z.string().nullable() })
    .describe('Eight digits of a keyed hash, equal for equal credentials only for who may reveal them.'),
  paused: z.boolean().describe('Nothing is asked or sent there until it is resumed, but for a check.'),
  state: connectionStateSchema,
  reason: z.string().nullable().describe('Why it is not `ok`, in one word; null where it is.'),
  message: z.string().nullable().describe('Why it is not `ok`, in plain words, and what to do.'),
  checked_at: instantSchema.nullable().describe('When it was last checked.'),
  key_expires_at: instantSchema.nullable().describe('When the API key ends, where that is told.'),
  numbers_seen: z
    .number()
    .int()
    .min(0)
    .nullable()
    .describe(
      'How many phone numbers the last check saw there, of a hundred at most; null where it learned nothing of them.',
    ),
  linked_numbers: z.number().int().min(0).describe('How many phone numbers are linked to it.'),
  waiting_changes: z
    .number()
    .int()
    .min(0)
    .describe('How many of these have something that is to be sent there.'),
  drifted_numbers: z
    .number()
    .int()
    .min(0)
    .describe('How many of these are otherwise there than here: `drift`, `conflict`, `held` or `gone`.'),
  watched_at: instantSchema
    .nullable()
    .describe(
      'When the last reading of all its numbers began that came to its end: what others changed there before is known here; null: none yet.',
    ),
  next_watch_at: instantSchema
    .nullable()
    .describe(
      'When all its numbers are read again, every five minutes or, where that takes long, less often; past while they are being read. Null where nothing is read: it is paused or refused, or no number that is there is linked.',
    ),
  version: z
    .number()
    .int()
    .min(1)
    .describe(
      'One higher after every change; also the ETag. What a check finds is no part of it, nor are the counts.',
    ),
  created_at: instantSchema,
  updated_at: instantSchema,
});
export type Connection = z.infer<typeof connectionSchema>;

/** All of them, by name. */
export const connectionListSchema = z.strictObject({
  connections: z.array(connectionSchema),
  allows_loopback: z
    .boolean()
    .describe(
      'Whether connections may reach the server’s own machine, and without TLS: CORDBOARD_UNSAFE_ALLOW_LOOPBACK, for tests alone.',
    ),
});
export type ConnectionList = z.infer<typeof connectionListSchema>;

export const connectionCreateSchema = z.strictObject({
  kind: connectionKindSchema,
  name: nameSchema,
  settings: z.strictObject({ base_url: baseUrlSchema.nullable().optional() }).optional(),
  credentials: z.strictObject({
    api_key: secretSchema
      .refine((text) => text !== MASK, {
        error: 'The mask stands for a key that is stored, and none is. Paste the key itself.',
        params: { code: 'mask_without_credential' },
      })
      .describe('The API key of the account.'),
  }),
});
export type ConnectionCreate = z.infer<typeof connectionCreateSchema>;
export type ConnectionCreateInput = z.input<typeof connectionCreateSchema>;

/**
 * A merge patch: absent is unchanged, and so is the mask of a credential. The whole record may be sent back.
 */
export const connectionPatchSchema = z.strictObject({
  name: nameSchema.optional(),
  settings: z.strictObject({ base_url: baseUrlSchema.nullable().optional() }).optional(),
  credentials: z
    .strictObject({ api_key: secretSchema.optional().describe('The mask means unchanged.') })
    .optional(),
});
export type ConnectionPatch = z.infer<typeof connectionPatchSchema>;
export type ConnectionPatchInput = z.input<typeof connectionPatchSchema>;

export const connectionRevealSchema = z.strictObject({ credential: z.enum(connectionCredentials) });
