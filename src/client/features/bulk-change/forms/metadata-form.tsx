import { useRef, useState } from 'react';
import type { z } from 'zod';
import { metadataKeySchema, metadataValueSchema } from '#contract/numbers/metadata.ts';
import { Choice } from '#client/components/choice.tsx';
import { FormSheetField } from '#client/components/form/form-sheet-field.tsx';
import { Input } from '#client/components/ui/input.tsx';
import { patchTitle } from '#client/features/bulk/patch-title.ts';
import { ChangeFormFrame } from './change-form.tsx';
import type { FormProps } from './form-props.ts';

const acts = ['set', 'remove'] as const;
const actNames = { set: 'Set', remove: 'Remove' };

const problemIn = ({ success, error }: { success: boolean; error?: z.ZodError | undefined }) =>
  success ? undefined : error?.issues[0]?.message;

/** One key of the metadata, set or removed; every other key stays. */
export const MetadataForm = ({ selected, isShown, onDirty, onPlan, onClose }: FormProps<'metadata'>) => {
  const [act, setAct] = useState<(typeof acts)[number]>('set');
  const [key, setKey] = useState('');
  const [value, setValue] = useState('');
  // Before that, what is empty is not yet written.
  const [isAsked, setAsked] = useState(false);
  const inputs = { key: useRef<HTMLInputElement>(null), value: useRef<HTMLInputElement>(null) };
  const name = key.trim();
  const keyProblem = name === '' ? 'Name the key.' : problemIn(metadataKeySchema.safeParse(name));
  const valueProblem =
    value === '' ? 'Write a value, or choose Remove.' : problemIn(metadataValueSchema.safeParse(value));
  const preview = () => {
    setAsked(true);
    if (keyProblem !== undefined) return inputs.key.current?.focus();
    if (act === 'set' && valueProblem !== undefined) return inputs.value.current?.focus();
    const metadata = { [name]: act === 'set' ? value : null };
    onPlan({ title: patchTitle(['metadata'], { metadata }, () => undefined), change: { metadata } });
  };
  const errorOf = (text: string, problem: string | undefined) =>
    problem === undefined || (text === '' && !isAsked) ? {} : { error: problem };
  return (
    <ChangeFormFrame
      title="Metadata"
      about="Every other key stays."
      {...{ selected, isShown, onClose }}
      problem={null}
      onPreview={preview}
    >
      <div>
        <Choice name="act" label="Act" options={acts} names={actNames} chosen={act} onChoose={setAct} />
      </div>
      <FormSheetField label="Key" {...errorOf(name, keyProblem)}>
        {(control) => (
          <Input
            {...control}
            ref={inputs.key}
            className="font-mono"
            autoComplete="off"
            spellCheck={false}
            value={key}
            onChange={({ target }) => {
              setKey(target.value);
              onDirty(true);
            }}
          />
        )}
      </FormSheetField>
      {act === 'set' && (
        <FormSheetField label="Value" {...errorOf(value, valueProblem)}>
          {(control) => (
            <Input
              {...control}
              ref={inputs.value}
              autoComplete="off"
              dir="auto"
              value={value}
              onChange={({ target }) => {
                setValue(target.value);
                onDirty(true);
              }}
            />
          )}
        </FormSheetField>
      )}
    </ChangeFormFrame>
  );
};
