import type { ReactNode } from 'react';
import { useController } from 'react-hook-form';
import type { CallHandling, CallHandlingName } from '#contract/numbers/call-handling.ts';
import { FormSheetField, type FormControl } from '#client/components/form/form-sheet-field.tsx';
import { firstMessage } from '#client/features/number-fields/field-errors.ts';
import { useIsChanged, usePhoneNumberForm, usePlace } from '#client/features/number-fields/form-context.ts';
import { fieldLabels, type PhoneNumberValues } from '#client/features/number-fields/phone-number-values.ts';
import type { Places } from '#client/features/number-fields/places.ts';

export interface PreferenceControl<N extends CallHandlingName> {
  control: FormControl & ReturnType<Places['at']>;
  value: CallHandling[N];
  onChange: (value: CallHandling[N]) => void;
  onBlur: () => void;
  mayEdit: boolean;
}

interface PreferenceFieldProps<N extends CallHandlingName> {
  name: N;
  /** What holds where nothing is chosen. */
  standard: string;
  hint?: ReactNode;
  /** In place of the field's own, for what lies within it. */
  error?: string;
  isTall?: boolean;
  isText?: boolean;
  children: (preference: PreferenceControl<N>) => ReactNode;
}

export const pointerOf = (name: CallHandlingName) => `/call_handling/${name}`;

/** One preference: its control, and the platform's default. */
export const PreferenceField = <N extends CallHandlingName>({
  name,
  standard,
  hint,
  error,
  isTall,
  isText,
  children,
}: PreferenceFieldProps<N>) => {
  const field = `call_handling.${name}` as const;
  const { field: controlled, fieldState } = useController<PhoneNumberValues>({ name: field });
  const { mayEdit } = usePhoneNumberForm();
  const place = usePlace();
  const isChanged = useIsChanged(field, controlled.value);
  return (
    <FormSheetField
      label={fieldLabels[field]}
      error={error ?? firstMessage(fieldState.error)}
      isChanged={isChanged}
      isTall={isTall}
      isText={isText === true || !mayEdit}
      hint={
        <>
          {hint && <>{hint} </>}
          Default: {standard}.
        </>
      }
    >
      {(control) =>
        children({
          control: { ...control, ...place(pointerOf(name)) },
          value: controlled.value as CallHandling[N],
          onChange: controlled.onChange,
          onBlur: controlled.onBlur,
          mayEdit,
        })
      }
    </FormSheetField>
  );
};

/** What a viewer sees where an operator has a control. */
export const ReadOnly = ({ children }: { children?: ReactNode }) => (
  <div className="min-w-0 py-1.75 wrap-anywhere">
    {children ?? <span className="text-ink-3">Default</span>}
  </div>
);
