import { pointerTo } from '#contract/pointer.ts';
import type { z } from 'zod';
import { MASK_WITHOUT_CREDENTIAL } from '#contract/numbers/credential-text.ts';
import type { FieldError } from '#contract/errors.ts';
import {
  phoneNumberPatchSchemas,
  readOnlyFields,
  type PhoneNumber,
  type PhoneNumberPatch,
} from '#contract/numbers/phone-numbers.ts';
import { MASK } from '#contract/primitives.ts';
import { credentialsOf } from '#contract/numbers/fields.ts';
import { readOver } from '#server/platform/http/body/read-over.ts';
import type { RequestContext } from '#server/request-context.ts';

const readOnly: ReadonlySet<string> = new Set(readOnlyFields);

/** A mask is one with spaces around it, too. */
export const isMask = (value: unknown): boolean => typeof value === 'string' && value.trim() === MASK;

export const maskWithoutCredential = (field: string): FieldError => ({
  pointer: pointerTo(field),
  code: 'mask_without_credential',
  message: MASK_WITHOUT_CREDENTIAL,
});

const namesOf = (links: unknown): unknown =>
  Array.isArray(links)
    ? links
        .map((link: unknown) => {
          const { role, connection_id: id } = (link ?? {}) as Record<string, unknown>;
          return `${String(role)} ${String(id)}`;
        })
        .toSorted()
        .join()
    : links;

/** The same accounts, whatever became of what is sent there meanwhile. */
const areSameLinks = (sent: unknown, stored: unknown): boolean => namesOf(sent) === namesOf(stored);

/**
 * The promise: nothing a patch asks for is dropped silently, and what only repeats the record changes
 * nothing. Read-only fields as they stand and masks of set credentials are left out, so that a record can be
 * read, changed in one field and sent whole, whatever its age; everything else is judged by the number's
 * provider. Throws all errors at once.
 * `forms` are the ways in which the record is shown, by who asks: any of them is as it stands.
 */
export const readPatch = async (
  context: Pick<RequestContext, 'actor' | 'isLarge'>,
  forms: readonly [PhoneNumber, ...PhoneNumber[]],
  body: Readonly<Record<string, unknown>>,
): Promise<PhoneNumberPatch> => {
  const [current] = forms;
  const stored: Readonly<Record<string, unknown>> = current;
  const isAsShown = (field: string, value: unknown) =>
    field === 'links'
      ? areSameLinks(value, stored['links'])
      : forms.some((form: Readonly<Record<string, unknown>>) => form[field] === value);
  const credentials: readonly string[] = credentialsOf[current.provider];
  const asked: Record<string, unknown> = {};
  const errors: FieldError[] = [];
  for (const [field, value] of Object.entries(body)) {
    if (readOnly.has(field) && Object.hasOwn(stored, field)) {
      if (!isAsShown(field, value))
        errors.push({
          pointer: pointerTo(field),
          code: 'read_only',
          message: 'Leave this out, or send it as it stands: it cannot be changed.',
        });
    } else if (credentials.includes(field) && isMask(value)) {
      if (stored[field] === null) errors.push(maskWithoutCredential(field));
    } else asked[field] = value;
  }
  return readOver(
    context,
    phoneNumberPatchSchemas[current.provider] as z.ZodType<PhoneNumberPatch>,
    stored,
    asked,
    errors,
  );
};
