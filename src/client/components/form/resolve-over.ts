import { zodResolver } from '@hookform/resolvers/zod';
import type { FieldValues, Resolver } from 'react-hook-form';
import type { z } from 'zod';
import { over } from '#contract/reading/reading.ts';

/**
 * Judges a form by a schema, but for the texts that are as they are stored: a newer reading does not refuse
 * them.
 */
export const resolveOver = <In extends FieldValues, Out>(
  schema: z.ZodType<Out, In>,
  stored: object,
): Resolver<In, unknown, Out> => {
  // In this mode it has parsed before it waits for anything.
  const resolve = zodResolver(schema, undefined, { mode: 'sync' });
  return (...form) => over(schema, stored, () => resolve(...form));
};
