import { useController } from 'react-hook-form';
import { changedClass, FormSheetField } from '#client/components/form/form-sheet-field.tsx';
import { controlClass } from '#client/components/ui/input.tsx';
import { useIsChanged, usePhoneNumberForm } from '#client/features/number-fields/form-context.ts';
import { fieldLabels, type PhoneNumberValues } from '#client/features/number-fields/phone-number-values.ts';
import { callerFormatWords } from '#client/lib/words/caller-format.ts';
import { classes } from '#client/lib/classes.ts';
import { CallerFormatOptions, NOT_READ } from './caller-format-options.tsx';

/** What the trunk's callers are when their numbers come without `+`. */
export const CallerFormatField = () => {
  const { field, fieldState } = useController<PhoneNumberValues, 'sip_caller_format'>({
    name: 'sip_caller_format',
  });
  const { mayEdit } = usePhoneNumberForm();
  const isChanged = useIsChanged('sip_caller_format', field.value);
  const label = fieldLabels.sip_caller_format;
  if (!mayEdit)
    return (
      <FormSheetField label={label} isText>
        {() => (
          <div className="py-1.75">{field.value === '' ? NOT_READ : callerFormatWords(field.value)}</div>
        )}
      </FormSheetField>
    );
  return (
    <FormSheetField
      label={label}
      error={fieldState.error?.message}
      isChanged={isChanged}
      hint="How the carrier writes numbers that come without a +. Blocks and rules about callers go by it."
    >
      {(control) => (
        <select {...control} {...field} className={classes(controlClass, 'h-8.5 px-2', changedClass)}>
          <CallerFormatOptions />
        </select>
      )}
    </FormSheetField>
  );
};
