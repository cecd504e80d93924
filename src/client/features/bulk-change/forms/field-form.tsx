import { useRef, useState } from 'react';
import { providerNames, type Provider } from '#contract/numbers/choices.ts';
import { fieldNames, fieldOf, type CredentialName, type FieldName } from '#contract/numbers/fields.ts';
import { Choice } from '#client/components/choice.tsx';
import { FormSheetField, type FormControl } from '#client/components/form/form-sheet-field.tsx';
import { SecretInput } from '#client/components/secret-field/secret-field-input.tsx';
import { controlClass, Input } from '#client/components/ui/input.tsx';
import { Textarea } from '#client/components/ui/textarea.tsx';
import { patchTitle } from '#client/features/bulk/patch-title.ts';
import type { PlannedChange } from '#client/features/bulk/questions.ts';
import { CallerFormatOptions } from '#client/features/number-fields/providers/caller-format-options.tsx';
import { classes } from '#client/lib/classes.ts';
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
const acts = ['set', 'clear'] as const;
const actNames = { set: 'Set', clear: 'Clear' };

const changeOf = (name: FieldName, value: string): PlannedChange => {
  const change = { [name]: value === '' ? null : value };
  return {
    title: patchTitle([name], change, () => undefined),
    change:
      fieldOf(name).kind === 'credential'
        ? { rotate: { credential: name as CredentialName, value } }
        : change,
  };
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
  const [act, setAct] = useState<(typeof acts)[number]>('set');
  const [isAsked, setAsked] = useState(false);
  const input = useRef<HTMLDivElement>(null);
  const { kind, isRequired, provider } = fieldOf(name);
  // Of these an empty choice is a value.
  const mayBeEmpty = name === 'sip_caller_format';
  const mayClear = kind !== 'credential' && isRequired !== true && !mayBeEmpty;
  const isSet = act === 'set' || !mayClear;
  const text = kind === 'prose' || kind === 'credential' ? value : value.trim();
  const isMissing = isSet && text === '' && !mayBeEmpty;
  const preview = () => {
    setAsked(true);
    if (isMissing) return input.current?.querySelector<HTMLElement>('input, textarea')?.focus();
    onPlan(changeOf(name, isSet ? text : ''));
  };
  const only =
    provider && `Only ${providerNames[provider]} numbers have it; the others are left as they are.`;
  return (
    <ChangeFormFrame
      title="Set a field"
      {...{ selected, isShown, onClose }}
      problem={null}
      onPreview={preview}
    >
      <FormSheetField label="Field">
        {(control) => (
          <select
            {...control}
            className={selectClass}
            value={name}
            onChange={({ target }) => {
              setName(target.value as FieldName);
              setValue('');
              setAct('set');
              setAsked(false);
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
      {mayClear && (
        <div>
          <Choice name="act" label="Act" options={acts} names={actNames} chosen={act} onChoose={setAct} />
        </div>
      )}
      {isSet ? (
        <div ref={input} data-slot="written-first" className="contents">
          <FormSheetField
            key={name}
            label={kind === 'credential' ? 'New value' : 'Value'}
            hint={only}
            isTall={kind === 'prose'}
            {...(isMissing &&
              isAsked && { error: mayClear ? 'Write a value, or choose Clear.' : 'Write the new value.' })}
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
        </div>
      ) : (
        only && <p className="text-xs text-ink-3">{only}</p>
      )}
    </ChangeFormFrame>
  );
};
