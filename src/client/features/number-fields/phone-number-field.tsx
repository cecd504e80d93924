import { useEffect, useState, type ReactNode } from 'react';
import { useController } from 'react-hook-form';
import { isUnreadable, readPhoneNumber, type UnreadableReason } from '#contract/reading/phone-number.ts';
import { toApiError } from '#client/api/api-error.ts';
import { FormSheetField } from '#client/components/form/form-sheet-field.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { Input } from '#client/components/ui/input.tsx';
import { useDebounced } from '#client/lib/use-debounced.ts';
import { useNumberReading } from '#client/features/numbers/record-queries.ts';
import type { AddValues } from './to-create.ts';

type Formatting = typeof import('#client/features/numbers/format-typed.ts');

let loaded: Formatting | undefined;
const loadFormatting = async () => (loaded ??= await import('#client/features/numbers/format-typed.ts'));

const REST_MS = 200;
const usual = 'International form: +, country code, then the number.';
// Who has only begun has made no mistake.
const begun: readonly UnreadableReason[] = ['empty', 'too_short'];

/**
 * What will become of the text, by the word of the server, whose judgement it is: promised of none but this
 * very text.
 */
const useForecast = (text: string): string => {
  const reading = readPhoneNumber(text);
  const rested = useDebounced(text, REST_MS);
  const { data, error } = useNumberReading(isUnreadable(reading) || rested !== text ? null : text);
  if (isUnreadable(reading)) return begun.includes(reading.reason) ? usual : reading.message;
  if (data) return `Will be stored as ${data.phone_number}`;
  return (error && toApiError(error).errors[0]?.message) ?? usual;
};

/** The number being added: formatted as it is typed or pasted, and judged by the server alone. */
export const PhoneNumberField = ({ taken }: { taken?: ReactNode }) => {
  const { field, fieldState } = useController<AddValues, 'phone_number'>({ name: 'phone_number' });
  const [formatting, setFormatting] = useState(loaded);
  useEffect(() => void loadFormatting().then(setFormatting), []);

  const hint = useForecast(field.value);
  const reading = readPhoneNumber(field.value);
  const lacksCountry =
    isUnreadable(reading) &&
    (reading.reason === 'country_code_missing' || reading.reason === 'only_plus_missing');
  const guesses = lacksCountry ? (formatting?.guessNumbers(field.value, navigator.languages) ?? []) : [];
  return (
    <FormSheetField
      label="Phone number"
      error={fieldState.error?.message}
      hint={hint}
      after={
        guesses.length > 0 ? (
          <span className="flex flex-wrap gap-2 pt-0.5">
            {guesses.map((guess) => (
              <Button key={guess} variant="outline" size="sm" onClick={() => field.onChange(guess)}>
                Use {guess}
              </Button>
            ))}
          </span>
        ) : (
          taken
        )
      }
    >
      {(control) => (
        <Input
          {...control}
          ref={field.ref}
          type="tel"
          inputMode="tel"
          required
          autoComplete="off"
          placeholder="+880 1711-204418"
          aria-invalid={fieldState.error ? true : undefined}
          value={field.value}
          onChange={({ target }) => {
            // Formatting behind the hand would move the caret: only what is written at the end is laid out.
            const isAtEnd = target.selectionStart === target.value.length;
            field.onChange(
              isAtEnd && formatting ? formatting.formatTyped(target.value, field.value) : target.value,
            );
          }}
          onBlur={field.onBlur}
        />
      )}
    </FormSheetField>
  );
};
