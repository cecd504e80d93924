import { z } from 'zod';
import { countedFirst, proseSchema } from '#contract/primitives.ts';

export const metadataKeySchema = z
  .string()
  .regex(
    /^(?!__proto__$)[A-Za-z0-9_.-]{1,64}$/,
    'A key is 1 to 64 letters, digits, dots, dashes or underscores.',
  );
export const MAX_METADATA_VALUE = 500;
export const metadataValueSchema = proseSchema(MAX_METADATA_VALUE);
export const MAX_METADATA_KEY = 64;
export const MAX_METADATA_KEYS = 64;
const MAX_METADATA_PATCH_KEYS = 2 * MAX_METADATA_KEYS;

const hasMoreKeysThan = (max: number) => (given: unknown) =>
  typeof given === 'object' && given !== null && Object.keys(given).length > max;
const atMostKeys = (max: number, error: string) =>
  [
    (keys: object) => !hasMoreKeysThan(max)(keys),
    { error, abort: true, params: { code: 'too_many_keys' } },
  ] as const;

export const metadataSchema = countedFirst(
  z
    .record(metadataKeySchema, metadataValueSchema)
    .refine(...atMostKeys(MAX_METADATA_KEYS, `A number has at most ${MAX_METADATA_KEYS} metadata keys.`))
    .describe('Up to 64 keys of your own, each with a text of at most 500 characters.'),
  hasMoreKeysThan(MAX_METADATA_KEYS),
);

/**
 * In a patch, keys merge as RFC 7396 says: a key that is absent is unchanged, a key that is null is removed.
 */
export const metadataPatchSchema = countedFirst(
  z
    .record(metadataKeySchema, metadataValueSchema.nullable())
    .refine(
      ...atMostKeys(
        MAX_METADATA_PATCH_KEYS,
        `Name at most ${MAX_METADATA_PATCH_KEYS} metadata keys: as many as can go, and as can come.`,
      ),
    )
    .describe('Keys to set; null removes a key, an absent key is unchanged.'),
  hasMoreKeysThan(MAX_METADATA_PATCH_KEYS),
);
