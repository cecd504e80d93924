import { useState } from 'react';
import { Choice } from '#client/components/choice.tsx';
import { FormSheetField } from '#client/components/form/form-sheet-field.tsx';
import { Input } from '#client/components/ui/input.tsx';
import { ChangeFormFrame } from './change-form.tsx';
import type { FormProps } from './form-props.ts';

const acts = ['set', 'remove'] as const;
const actNames = { set: 'Set', remove: 'Remove' };

/** One key of the metadata, set or removed; every other key stays. */
export const MetadataForm = ({ selected, isShown, onDirty, onPlan, onClose }: FormProps<'metadata'>) => {
  const [act, setAct] = useState<(typeof acts)[number]>('set');
  const [key, setKey] = useState('');
  const [value, setValue] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const preview = () => {
    const name = key.trim();
    if (name === '') return setProblem('Name the key.');
    if (act === 'set' && value === '') return setProblem(`Write the value of ${name}, or remove the key.`);
    setProblem(null);
    onPlan({
      title:
        act === 'set' ? `Set the metadata key “${name}” to “${value}”` : `Remove the metadata key “${name}”`,
      change: { metadata: { [name]: act === 'set' ? value : null } },
    });
  };
  return (
    <ChangeFormFrame
      title="Metadata"
      about="Every other key stays."
      {...{ selected, isShown, problem, onClose }}
      onPreview={preview}
    >
      <div>
        <Choice name="act" label="Act" options={acts} names={actNames} chosen={act} onChoose={setAct} />
      </div>
      <FormSheetField label="Key">
        {(control) => (
          <Input
            {...control}
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
        <FormSheetField label="Value">
          {(control) => (
            <Input
              {...control}
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
