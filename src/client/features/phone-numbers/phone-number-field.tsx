import { useEffect, useState, type ReactNode } from 'react';
import { useController } from 'react-hook-form';
import { FormSheetField } from '#client/components/form-sheet-field.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { Input } from '#client/components/ui/input.tsx';
import type { AddValues } from './to-create.ts';

type Formatting = typeof import('./format-typed.ts');

let loaded: Formatting | undefined;
const loadFormatting = async () => (loaded ??= await import('./format-typed.ts'));

/** The number being added: formatted as it is typed or pasted, and judged by the server alone. */
export const PhoneNumberField = ({ taken }: { taken?: ReactNode }) => {
  const { field, fieldState } = useController<AddValues, 'phone_number'>({ name: 'phone_number' });
  const [formatting, setFormatting] = useState(loaded);
  useEffect(() => void loadFormatting().then(setFormatting), []);

  const typed = formatting?.readTyped(field.value);
  const guesses = typed?.isWithoutCountry ? (formatting?.guessCountry(field.value, navigator.languages) ?? []) : [];
  const hint = typed?.isWithoutCountry
    ? 'Add the country code in front, as in +1 for the United States.'
    : typed?.stored
      ? `Will be stored as ${typed.stored}`
      : 'International form: +, country code, then the number.';
  return (
    <FormSheetField
      label="Phone number"
      error={fieldState.error && (typed?.isWithoutCountry ? hint : fieldState.error.message)}
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
            field.onChange(isAtEnd && formatting ? formatting.formatTyped(target.value, field.value) : target.value);
          }}
          onBlur={field.onBlur}
        />
      )}
    </FormSheetField>
  );
};
