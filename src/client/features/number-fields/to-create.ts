import type { PhoneNumberCreateInput } from '#contract/numbers/phone-numbers.ts';
import type { Provider } from '#contract/numbers/choices.ts';
import { credentialsOf, plainNames, requiredOf, settingsOf } from '#contract/numbers/fields.ts';
import { trimmed } from '#contract/reading/text.ts';
import { committed } from '#client/features/number-fields/typed/committed.ts';
import type { PhoneNumberValues } from './phone-number-values.ts';
import { isCredential, metadataOf } from './to-patch.ts';

export type AddValues = PhoneNumberValues & { phone_number: string };

/** What adds a number: what was filled in, of the shared fields and of the chosen provider's own. */
export const toCreate = (provider: Provider, shown: AddValues): PhoneNumberCreateInput => {
  const values = committed(shown);
  const body: Record<string, unknown> = { provider, phone_number: values.phone_number };
  const fill = (name: string, value: string | null) => {
    if (value !== null && (isCredential(name) ? value : trimmed(value)) !== '') body[name] = value;
  };
  for (const name of [...plainNames, ...settingsOf[provider], ...credentialsOf[provider]])
    fill(name, values[name]);
  // What is required is sent even when empty, so that it is judged as what it is, and not as left out.
  for (const name of requiredOf[provider]) body[name] ??= '';
  if (values.labels.length > 0) body.labels = values.labels;
  if (values.metadata.length > 0) body.metadata = metadataOf(values.metadata);
  return body as PhoneNumberCreateInput;
};

/**
 * Another provider was chosen: what all providers share stays, and the secrets of the others are forgotten.
 */
export const switchProvider = <T extends PhoneNumberValues>(values: T, from: Provider): T => {
  const kept = { ...values };
  for (const name of credentialsOf[from]) kept[name] = '' as T[typeof name];
  return kept;
};
