import { useState } from 'react';
import { providerNames, type Provider } from '#contract/numbers/choices.ts';
import { fieldNames, fieldOf, type CredentialName, type FieldName } from '#contract/numbers/fields.ts';
import { FormSheetField, type FormControl } from '#client/components/form/form-sheet-field.tsx';
import { SecretInput } from '#client/components/secret-field/secret-field-input.tsx';
import { controlClass, Input } from '#client/components/ui/input.tsx';
import { Textarea } from '#client/components/ui/textarea.tsx';
import type { PlannedChange } from '#client/features/bulk/questions.ts';
import { CallerFormatOptions } from '#client/features/number-fields/providers/caller-format-options.tsx';
import { classes } from '#client/lib/classes.ts';
import { callerFormatWords } from '#client/lib/words/caller-format.ts';
import { ChangeFormFrame } from './change-form.tsx';
import type { FormProps } from './form-props.ts';

/** What holds one text, and is not given for good when the number is added. */
const settable = fieldNames.filter((name) => {
  const { kind, isFixed } = fieldOf(name);
  return kind !== 'agent' && kind !== 'whole' && isFixed !== true;
});
const providers: (Provider | undefined)[] = [undefined, 'sip', 'twilio'];
const [firstField = 'friendly_name'] = settable;

const selectClass = classes(controlClass, 'h-8.5 px-2');
const inSentence = (name: FieldName) => {
  const { label } = fieldOf(name);
  return /^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
};

const changeOf = (name: FieldName, value: string): PlannedChange => {
  const what = inSentence(name);
  if (fieldOf(name).kind === 'credential')
    return {
      title: `Replace the ${what}`,
      change: { rotate: { credential: name as CredentialName, value } },
    };
  if (value === '') return { title: `Clear the ${what}`, change: { [name]: null } };
  const said = name === 'sip_caller_format' ? callerFormatWords(value) : `“${value}”`;
  return { title: `Set the ${what} to ${said}`, change: { [name]: value } };
};

interface ValueProps {
  name: FieldName;
  control: FormControl;
  value: string;
  onChange: (value: string) => void;
}

const CallerFormat = ({ control, value, onChange }: Omit<ValueProps, 'name'>) => (
  <select
    {...control}
    value={value}
    className={selectClass}
    onChange={({ target }) => onChange(target.value)}
  >
    <CallerFormatOptions />
  </select>
);

const Value = ({ name, control, value, onChange }: ValueProps) => {
  const { kind } = fieldOf(name);
  const shared = {
    ...control,
    value,
    onChange: ({ target }: { target: { value: string } }) => onChange(target.value),
  };
  if (name === 'sip_caller_format') return <CallerFormat {...{ control, value, onChange }} />;
  if (kind === 'credential') return <SecretInput {...shared} />;
  if (kind === 'prose') return <Textarea {...shared} dir="auto" />;
  return (
    <Input
      {...shared}
      autoComplete="off"
      spellCheck={false}
      dir="auto"
      className={kind === 'name' ? undefined : 'font-mono'}
    />
  );
};

/** One field, the same on every number that has it. */
export const FieldForm = ({ selected, isShown, onDirty, onPlan, onClose }: FormProps<'field'>) => {
  const [name, setName] = useState<FieldName>(firstField);
  const [value, setValue] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const { kind, isRequired, provider } = fieldOf(name);
  const mustBeSet = kind === 'credential' || isRequired === true;
  const preview = () => {
    const text = kind === 'prose' || kind === 'credential' ? value : value.trim();
    if (mustBeSet && text === '') return setProblem(`Write the new ${inSentence(name)}.`);
    setProblem(null);
    onPlan(changeOf(name, text));
  };
  const clears = mustBeSet || name === 'sip_caller_format' ? null : 'Empty clears it. ';
  const only =
    provider && `Only ${providerNames[provider]} numbers have it; the others are left as they are.`;
  return (
    <ChangeFormFrame title="Set a field" {...{ selected, isShown, problem, onClose }} onPreview={preview}>
      <FormSheetField label="Field">
        {(control) => (
          <select
            {...control}
            className={selectClass}
            value={name}
            onChange={({ target }) => {
              setName(target.value as FieldName);
              setValue('');
              setProblem(null);
            }}
          >
            {providers.map((of) => (
              <optgroup key={of ?? 'all'} label={of === undefined ? 'All numbers' : providerNames[of]}>
                {settable
                  .filter((field) => fieldOf(field).provider === of)
                  .map((field) => (
                    <option key={field} value={field}>
                      {fieldOf(field).label}
                    </option>
                  ))}
              </optgroup>
            ))}
          </select>
        )}
      </FormSheetField>
      <FormSheetField
        key={name}
        label={kind === 'credential' ? 'New value' : 'Value'}
        hint={clears === null && !only ? undefined : `${clears ?? ''}${only ?? ''}`}
        isTall={kind === 'prose'}
      >
        {(control) => (
          <Value
            {...{ name, control, value }}
            onChange={(next) => {
              setValue(next);
              onDirty(true);
            }}
          />
        )}
      </FormSheetField>
    </ChangeFormFrame>
  );
};
