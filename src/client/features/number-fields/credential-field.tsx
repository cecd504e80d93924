import { useCallback, useState } from 'react';
import { useController } from 'react-hook-form';
import { Link } from 'wouter';
import type { CredentialName } from '#contract/numbers/fields.ts';
import { changedClass, FormSheetField } from '#client/components/form/form-sheet-field.tsx';
import { SecretField, type SecretNote } from '#client/components/secret-field/secret-field.tsx';
import { SecretInput } from '#client/components/secret-field/secret-field-input.tsx';
import { useMayReveal } from '#client/features/sessions/queries.ts';
import { Button } from '#client/components/ui/button.tsx';
import { toApiError } from '#client/api/api-error.ts';
import { toast } from '#client/lib/toast.ts';
import { formatCount, plural } from '#client/lib/words/format.ts';
import { useIsChanged, usePhoneNumberForm } from './form-context.ts';
import { fieldLabels, fingerprintOf, hasCredential, type PhoneNumberValues } from './phone-number-values.ts';
import { replaceOnAll } from './replace-on-all.ts';
import { useFingerprintCount } from '#client/features/numbers/record-queries.ts';

interface CredentialFieldProps {
  name: CredentialName;
  /** Shorter than its full name, under a title that says the rest. */
  label: string;
  /** What it is in a sentence: `password`. */
  noun: string;
  canClear?: boolean;
  hint?: string;
}

/**
 * Which other numbers hold the same secret, for who may reveal it: known by its fingerprint, without knowing
 * the secret.
 */
const SameAs = ({
  name,
  noun,
  fingerprint,
}: Pick<CredentialFieldProps, 'name' | 'noun'> & { fingerprint: string }) => {
  const { mayEdit } = usePhoneNumberForm();
  const all = useFingerprintCount(fingerprint).data ?? 1;
  const others = all - 1;
  if (others < 1) return null;
  const replace = () =>
    replaceOnAll(name, fingerprint, all).catch((thrown: unknown) =>
      toast({ tone: 'harm', message: toApiError(thrown).detail }),
    );
  return (
    <>
      Same {noun} as{' '}
      <Link
        href={`/numbers?fingerprint=${fingerprint}`}
        className="rounded-sm underline underline-offset-2 hover:text-ink"
      >
        {plural(others, 'other number')}
      </Link>
      .{' '}
      {mayEdit && (
        <Button variant="link" size="sm" className="align-baseline" onClick={() => void replace()}>
          Replace on all {formatCount(all)}…
        </Button>
      )}
    </>
  );
};

export const CredentialField = ({ name, label, noun, canClear = false, hint }: CredentialFieldProps) => {
  const { record, mayEdit, reveal } = usePhoneNumberForm();
  const mayReveal = useMayReveal();
  const { field, fieldState } = useController<PhoneNumberValues, CredentialName>({ name });
  const [note, setNote] = useState<SecretNote | null>(null);
  const onNote = useCallback((next: SecretNote | null) => setNote(next), []);
  const read = useCallback(() => reveal(name), [reveal, name]);
  const frame = { label, error: fieldState.error?.message, isChanged: useIsChanged(name, field.value) };

  if (record === null) {
    return (
      <FormSheetField {...frame} hint={hint}>
        {(control) => (
          <SecretInput
            {...control}
            ref={field.ref}
            value={field.value ?? ''}
            onChange={field.onChange}
            onBlur={field.onBlur}
            className={changedClass}
          />
        )}
      </FormSheetField>
    );
  }
  const isSet = hasCredential(record, name);
  const fingerprint = fingerprintOf(record, name);
  const usual = mayReveal && fingerprint !== null && !frame.isChanged && (
    <SameAs {...{ name, noun, fingerprint }} />
  );
  return (
    <FormSheetField
      {...frame}
      isText
      error={frame.error ?? (note?.isError ? note.text : undefined)}
      hint={
        <>
          {note && <span>{note.text} </span>}
          {usual}
        </>
      }
    >
      {(control) => (
        <SecretField
          // Another secret is stored: what was shown of the one before is no longer true.
          key={fingerprint}
          control={control}
          name={fieldLabels[name].toLowerCase()}
          isSet={isSet}
          draft={field.value}
          onDraft={field.onChange}
          onBlur={field.onBlur}
          read={mayReveal ? read : undefined}
          mayReplace={mayEdit}
          canClear={canClear}
          onNote={onNote}
        />
      )}
    </FormSheetField>
  );
};
