import { useState } from 'react';
import { FormSheetField } from '#client/components/form/form-sheet-field.tsx';
import { LabelsInput } from '#client/features/number-fields/labels-input.tsx';
import { addLabels } from '#client/features/number-fields/typed/add-labels.ts';
import { ChangeFormFrame } from './change-form.tsx';
import type { FormProps } from './form-props.ts';

interface Side {
  labels: string[];
  typed: string;
}
const none: Side = { labels: [], typed: '' };
/** With what is typed and not yet confirmed: it is meant, too. */
const labelsOf = ({ labels, typed }: Side) => addLabels(labels, typed).labels;

const listed = (labels: readonly string[]) =>
  `${labels.length === 1 ? 'label' : 'labels'} ${labels.join(', ')}`;

const titleOf = (add: readonly string[], remove: readonly string[]) => {
  if (remove.length === 0) return `Add the ${listed(add)}`;
  return add.length === 0
    ? `Remove the ${listed(remove)}`
    : `Add the ${listed(add)}; remove ${remove.join(', ')}`;
};

/** Labels to add and to remove; every other label stays. */
export const LabelsForm = ({ selected, isShown, onDirty, onPlan, onClose }: FormProps<'labels'>) => {
  const [add, setAdd] = useState(none);
  const [remove, setRemove] = useState(none);
  const [problem, setProblem] = useState<string | null>(null);
  const preview = () => {
    const [added, removed] = [labelsOf(add), labelsOf(remove)];
    if (added.length + removed.length === 0) return setProblem('Name a label to add or to remove.');
    setProblem(null);
    setAdd({ labels: added, typed: '' });
    setRemove({ labels: removed, typed: '' });
    const labels = {
      ...(added.length > 0 && { add: added }),
      ...(removed.length > 0 && { remove: removed }),
    };
    onPlan({ title: titleOf(added, removed), change: { labels } });
  };
  const side = (label: string, value: Side, set: (side: Side) => void) => (
    <FormSheetField label={label} hint="Enter or comma adds one." isTall>
      {(control) => (
        <LabelsInput
          control={control}
          labels={value.labels}
          onChange={(labels) => {
            set({ labels, typed: '' });
            onDirty(true);
          }}
          typed={value.typed}
          onTyped={(typed) => {
            set({ ...value, typed });
            onDirty(true);
          }}
          onBlur={() => undefined}
        />
      )}
    </FormSheetField>
  );
  return (
    <ChangeFormFrame
      title="Labels"
      about="Every other label stays."
      {...{ selected, isShown, problem, onClose }}
      onPreview={preview}
    >
      {side('Add', add, setAdd)}
      {side('Remove', remove, setRemove)}
    </ChangeFormFrame>
  );
};
