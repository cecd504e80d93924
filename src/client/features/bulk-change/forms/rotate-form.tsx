import { useState } from 'react';
import { fieldOf } from '#contract/numbers/fields.ts';
import { FormSheetField } from '#client/components/form/form-sheet-field.tsx';
import { SecretInput } from '#client/components/secret-field/secret-field-input.tsx';
import { ChangeFormFrame } from './change-form.tsx';
import type { FormProps } from './form-props.ts';

/** A new credential for all numbers that share one. */
export const RotateForm = ({ ask, selected, isShown, onDirty, onPlan, onClose }: FormProps<'rotate'>) => {
  const { credential, leftOut } = ask;
  const label = fieldOf(credential).label.toLowerCase();
  const [value, setValue] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const preview = () => {
    if (value === '') return setProblem(`Write the new ${label}.`);
    setProblem(null);
    onPlan({ title: `Replace the ${label}`, change: { rotate: { credential, value } } });
  };
  return (
    <ChangeFormFrame
      title={`Replace the ${label}`}
      {...{ selected, isShown, problem, onClose }}
      onPreview={preview}
    >
      {leftOut !== null && <p className="text-warn">{leftOut}</p>}
      <FormSheetField
        label={`New ${label}`}
        hint="It is sealed at once, and erased from the job when that ends. The one before is not kept."
      >
        {(control) => (
          <SecretInput
            {...control}
            value={value}
            onChange={({ target }) => {
              setValue(target.value);
              onDirty(target.value !== '');
            }}
          />
        )}
      </FormSheetField>
    </ChangeFormFrame>
  );
};
