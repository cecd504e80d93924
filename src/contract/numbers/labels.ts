import { z } from 'zod';
import { countedFirst, isLongerThan, tooMuch } from '#contract/primitives.ts';
import { isStored, readAs } from '#contract/reading/reading.ts';
import { lookOf, readName } from '#contract/reading/text.ts';
import { MAX_LABEL, MAX_LABELS } from './limits.ts';

const readLabel = (text: string) => readName(text, MAX_LABEL);

// Labels that are stored beside each other may stay so: they were not compared by their look when they were
// written.
const mayStandTogether = (one: string, other: string) =>
  one !== other && isStored(readLabel, one) && isStored(readLabel, other);
const firstTwice = (labels: readonly string[]): string | undefined => {
  const looks = labels.map(lookOf);
  const isThereTwice = (label: string, at: number) =>
    labels.some(
      (other, before) => before < at && looks[before] === looks[at] && !mayStandTogether(other, label),
    );
  return labels.find(isThereTwice);
};
const inOrder = (labels: readonly string[]) =>
  labels.toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));

export const labelsSchema = countedFirst(
  z
    .array(readAs(readLabel, { minLength: 1, maxLength: MAX_LABEL }))
    .max(MAX_LABELS, tooMuch(`A number has at most ${MAX_LABELS} labels.`))
    .check(({ value, issues }) => {
      const twice = firstTwice(value);
      if (twice === undefined) return;
      const message = `“${twice}” is there twice: labels that look alike are one, in upper or lower case. Remove one of them.`;
      issues.push({
        code: 'custom',
        message,
        params: { code: 'duplicate_label' },
        input: value,
        continue: true,
      });
    }),
  isLongerThan(MAX_LABELS),
)
  .transform(inOrder)
  .describe('Up to 32 labels; case is kept, but labels that look alike are one. Answered sorted.');

/**
 * A label to filter by, in any case, composition and with any unseen characters: it is compared by its look.
 */
export const labelToFindSchema = z
  .string()
  .max(4 * MAX_LABEL, tooMuch(`A label has at most ${MAX_LABEL} characters.`))
  .refine((label) => !/[\p{Cc}\p{Cs}]/u.test(label), {
    error: 'Remove the control characters.',
    params: { code: 'control_characters' },
  })
  .refine((label) => lookOf(label) !== '', {
    error: 'Write at least one character.',
    params: { code: 'too_small' },
  });
