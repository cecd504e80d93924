import { MASK } from '#contract/primitives.ts';
import type { Reading } from '#contract/reading/reading.ts';
import { readAsSent, trimmed } from '#contract/reading/text.ts';

/* How credentials, and the logins that go with them, are read. No message repeats anything of a secret. */

export const MASK_WITHOUT_CREDENTIAL =
  'The mask stands for a credential, and none is set. Send the credential itself, or leave this out.';

// What screens draw for a hidden secret, ours and others'.
const isMaskAlone = (text: string) => /^[•●∙·*＊]+$/u.test(text);
const isMaskTypedInto = (text: string) =>
  /•{2}|\*{8}/u.test(text) || (text.match(/•/gu)?.length ?? 0) >= MASK.length;

/** The mask itself means "unchanged" before this is asked; here, none is set that could stay. */
const maskIn = (text: string): Reading | undefined => {
  if (text.trim() === MASK) return { code: 'mask_without_credential', message: MASK_WITHOUT_CREDENTIAL };
  if (isMaskAlone(trimmed(text)))
    return {
      code: 'mask_in_credential',
      message: 'These characters only stand for a hidden credential. Write the credential itself.',
    };
  if (!isMaskTypedInto(text)) return undefined;
  return {
    code: 'mask_in_credential',
    message: 'The mask of the hidden credential is in it. Empty the field, then write the whole credential.',
  };
};

/** A secret as it was sent; a mask is none. */
export const readSecret = (text: string, max: number): Reading => maskIn(text) ?? readAsSent(text, max);

const HEX_DIGITS = 32;
const wrongHex = (message: string): Reading => ({ code: 'invalid_format', message });

const hexOf = (
  value: string,
  { what, form, prefix }: { what: string; form: string; prefix: string },
): Reading => {
  const length = prefix.length + HEX_DIGITS;
  const is = `${what} is ${form}`;
  if (value === '') return wrongHex(`Nothing is written: ${is}.`);
  if (!value.startsWith(prefix)) return wrongHex(`It does not begin with ${prefix}: ${is}.`);
  const at = value.slice(prefix.length).search(/[^0-9a-f]/iu);
  if (at >= 0) return wrongHex(`Its character ${prefix.length + at + 1} is none of 0–9 and a–f: ${is}.`);
  if (value.length !== length)
    return wrongHex(`These are ${value.length} characters instead of ${length}: ${is}.`);
  return { value };
};

export const readAccountSid = (text: string): Reading =>
  hexOf(trimmed(text), {
    what: 'an account SID',
    form: 'AC followed by 32 hexadecimal digits',
    prefix: 'AC',
  });

export const readAuthToken = (text: string): Reading => {
  const asSent = text === '' ? { value: text } : readSecret(text, 1000);
  return 'value' in asSent
    ? hexOf(text, { what: 'an auth token', form: '32 hexadecimal digits', prefix: '' })
    : asSent;
};
