import { useRef, useState } from 'react';
import { MAX_LABEL, MAX_LABELS } from '#contract/numbers/limits.ts';
import { readName } from '#contract/reading/text.ts';
import { FormSheetField } from '#client/components/form/form-sheet-field.tsx';
import { labelsTitle, quoted } from '#client/features/bulk/patch-title.ts';
import { LabelsInput } from '#client/features/number-fields/labels-input.tsx';
import { addLabels } from '#client/features/number-fields/typed/add-labels.ts';
import { CarriedLabels } from './carried-labels.tsx';
import { ChangeFormFrame } from './change-form.tsx';
import type { FormProps } from './form-props.ts';
import { UnknownLabels } from './unknown-labels.tsx';

interface Side {
  labels: string[];
  typed: string;
}
const none: Side = { labels: [], typed: '' };
/** With what is typed and not yet confirmed: it is meant, too. */
const labelsOf = ({ labels, typed }: Side) => addLabels(labels, typed).labels;

/** What is wrong with these, as the server would say it of every number. */
const problemOf = (labels: readonly string[]): string | undefined => {
  if (labels.length > MAX_LABELS) return `A number has at most ${MAX_LABELS} labels.`;
  for (const label of labels) {
    const reading = readName(label, MAX_LABEL);
    if ('message' in reading) return `${quoted(label)}: ${reading.message}`;
  }
  return undefined;
};

/** Labels to add and to remove; every other label stays. */
export const LabelsForm = ({ selected, isShown, onDirty, onPlan, onClose }: FormProps<'labels'>) => {
  const [add, setAdd] = useState(none);
  const [remove, setRemove] = useState(none);
  const [problem, setProblem] = useState<string | null>(null);
  const inputs = { add: useRef<HTMLInputElement>(null), remove: useRef<HTMLInputElement>(null) };
  const preview = () => {
    const [added, removed] = [labelsOf(add), labelsOf(remove)];
    if (added.length + removed.length === 0) return setProblem('Name a label to add or to remove.');
    setProblem(null);
    setAdd({ labels: added, typed: '' });
    setRemove({ labels: removed, typed: '' });
    if (problemOf(added) !== undefined) return inputs.add.current?.focus();
    if (problemOf(removed) !== undefined) return inputs.remove.current?.focus();
    const labels = {
      ...(added.length > 0 && { add: added }),
      ...(removed.length > 0 && { remove: removed }),
    };
    onPlan({ title: labelsTitle(added, removed), change: { labels } });
  };
  const side = (name: keyof typeof inputs, value: Side, set: (side: Side) => void) => {
    const change = (next: Side) => {
      set(next);
      setProblem(null);
      onDirty(true);
    };
    return (
      <FormSheetField
        label={name === 'add' ? 'Add' : 'Remove'}
        hint="Enter or comma adds one."
        error={problemOf(value.labels)}
        isTall
        after={
          name === 'remove' && (
            <>
              <CarriedLabels
                carried={selected.labels ?? []}
                labels={value.labels}
                onChoose={(label) => {
                  change({ ...value, labels: [...value.labels, label] });
                  // What was pressed is gone.
                  inputs.remove.current?.focus();
                }}
              />
              {value.labels.length > 0 && <UnknownLabels labels={value.labels} />}
            </>
          )
        }
      >
        {(control) => (
          <LabelsInput
            ref={inputs[name]}
            control={control}
            labels={value.labels}
            onChange={(labels) => change({ labels, typed: '' })}
            typed={value.typed}
            onTyped={(typed) => change({ ...value, typed })}
            onBlur={() => undefined}
            {...(name === 'remove' && { placeholder: 'A label to remove' })}
          />
        )}
      </FormSheetField>
    );
  };
  return (
    <ChangeFormFrame
      title="Labels"
      about="Every other label stays."
      {...{ selected, isShown, problem, onClose }}
      onPreview={preview}
    >
      {side('add', add, setAdd)}
      {side('remove', remove, setRemove)}
    </ChangeFormFrame>
  );
};
