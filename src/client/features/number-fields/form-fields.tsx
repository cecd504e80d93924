import { Suspense, useState, type ChangeEvent, type FocusEvent, type ReactNode } from 'react';
import { useController, useFormContext } from 'react-hook-form';
import { changedClass, FormSheetField } from '#client/components/form/form-sheet-field.tsx';
import { controlClass, Input } from '#client/components/ui/input.tsx';
import { Textarea } from '#client/components/ui/textarea.tsx';
import { useAgents } from '#client/features/agents/queries.ts';
import { classes } from '#client/lib/classes.ts';
import { lazyPart } from '#client/lib/lazy-part.ts';
import { AgentName, opensMenuClass } from '#client/features/numbers/agent-button.tsx';
import { agentFieldOf, agentsById, faceOf, type Direction } from '#client/features/numbers/agent-faces.ts';
import { addLabels } from '#client/features/number-fields/typed/add-labels.ts';
import { useIsChanged, usePhoneNumberForm } from './form-context.ts';
import { LabelsInput } from './labels-input.tsx';
import { MetadataEditor } from './metadata-editor.tsx';
import { fieldLabels, type WholeFieldName, type PhoneNumberValues } from './phone-number-values.ts';

const AgentMenu = lazyPart(() =>
  import('#client/features/numbers/agent-menu.tsx').then((file) => ({ default: file.AgentMenu })),
);

const useField = <F extends WholeFieldName>(name: F) => {
  const { field, fieldState } = useController<PhoneNumberValues, F>({ name });
  const { mayEdit } = usePhoneNumberForm();
  const isChanged = useIsChanged(name, field.value);
  return { field, mayEdit, frame: { label: fieldLabels[name], error: fieldState.error?.message, isChanged } };
};

/** What a viewer sees where an operator has a control. */
const Read = ({ isMono, children }: { isMono?: boolean; children: ReactNode }) => (
  <div
    className={classes('min-w-0 py-1.75 wrap-anywhere whitespace-pre-wrap', isMono && 'font-mono text-sm')}
  >
    {children || <span className="font-sans text-ink-3">None</span>}
  </div>
);

type TextName = { [F in WholeFieldName]: PhoneNumberValues[F] extends string ? F : never }[WholeFieldName];

interface TextFieldProps {
  name: TextName;
  /** Shorter than its full name, under a title that says the rest. */
  label?: string;
  hint?: ReactNode;
  placeholder?: string;
  isMono?: boolean;
  isTall?: boolean;
  isRequired?: boolean;
  /** What is left of a text that was pasted or left, and what to say of it. */
  tidy?: (typed: string) => { text: string; note: string | undefined };
}

/** Runs `tidy` over what was pasted at once, and over what was typed when the field is left. */
const useTidy = (name: TextName, tidy: TextFieldProps['tidy']) => {
  const { setValue } = useFormContext<PhoneNumberValues>();
  const [note, setNote] = useState<string>();
  if (tidy === undefined) return { note, options: {} };
  const run = (typed: string) => {
    const { text, note: said } = tidy(typed);
    if (said === undefined) return;
    setNote(said);
    setValue(name, text, { shouldDirty: true, shouldTouch: true, shouldValidate: true });
  };
  const onChange = ({ target, nativeEvent }: ChangeEvent<HTMLInputElement>) => {
    setNote(undefined);
    if ((nativeEvent as InputEvent | undefined)?.inputType === 'insertFromPaste') run(target.value);
  };
  return {
    note,
    options: { onChange, onBlur: ({ target }: FocusEvent<HTMLInputElement>) => run(target.value) },
  };
};

export const TextField = ({
  name,
  label,
  hint,
  placeholder,
  isMono,
  isTall,
  isRequired,
  tidy,
}: TextFieldProps) => {
  const { register } = useFormContext<PhoneNumberValues>();
  const { field, mayEdit, frame: full } = useField(name);
  const frame = { ...full, label: label ?? full.label };
  const { note, options } = useTidy(name, tidy);
  if (!mayEdit)
    return (
      <FormSheetField {...frame} isText>
        {() => <Read isMono={isMono}>{field.value}</Read>}
      </FormSheetField>
    );
  return (
    <FormSheetField {...frame} hint={note ?? hint} isTall={isTall}>
      {(control) => {
        const shared = {
          ...control,
          placeholder,
          required: isRequired,
          autoComplete: 'off',
          spellCheck: isTall === true,
          dir: 'auto',
          ...register(name, options),
        };
        return isTall ? (
          <Textarea {...shared} className={changedClass} />
        ) : (
          <Input {...shared} className={classes(isMono && 'font-mono', changedClass)} />
        );
      }}
    </FormSheetField>
  );
};

export const LabelsField = () => {
  const { field, mayEdit, frame } = useField('labels');
  const { field: typed } = useController<PhoneNumberValues, 'typed.labels'>({ name: 'typed.labels' });
  const isChanged = useIsChanged('labels', addLabels(field.value, typed.value).labels);
  if (!mayEdit)
    return (
      <FormSheetField {...frame} isText>
        {() => <Read>{field.value.join(', ')}</Read>}
      </FormSheetField>
    );
  return (
    <FormSheetField {...frame} isChanged={isChanged} hint="Enter or comma adds one." isTall>
      {(control) => (
        <LabelsInput
          ref={field.ref}
          control={control}
          labels={field.value}
          onChange={field.onChange}
          typed={typed.value}
          onTyped={typed.onChange}
          onBlur={field.onBlur}
        />
      )}
    </FormSheetField>
  );
};

export const MetadataField = () => {
  const { field, mayEdit, frame } = useField('metadata');
  return (
    <FormSheetField {...frame} isText isTall>
      {(control) => (
        <MetadataEditor
          ref={field.ref}
          control={control}
          rows={field.value}
          onChange={field.onChange}
          onBlur={field.onBlur}
          isReadOnly={!mayEdit}
        />
      )}
    </FormSheetField>
  );
};

const agentHints: Record<Direction, string> = {
  inbound: 'Answers where no rule decides.',
  outbound: 'Dials from this number.',
};

export const AgentField = ({ direction }: { direction: Direction }) => {
  const name = agentFieldOf(direction);
  const { field, mayEdit, frame } = useField(name);
  const linkedTo = usePhoneNumberForm().record?.links.map(({ connection_id: id }) => id);
  const agents = agentsById(useAgents().data);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const face = faceOf(agents, field.value);
  const isWrong = face.kind === 'retired' || face.kind === 'missing';
  const hint = isWrong && mayEdit ? 'This agent cannot take calls. Choose another.' : agentHints[direction];
  if (!mayEdit) {
    return (
      <FormSheetField {...frame} isText>
        {() => <AgentName face={face} />}
      </FormSheetField>
    );
  }
  return (
    <FormSheetField {...frame} hint={hint}>
      {({ 'aria-labelledby': labelledBy, ...control }) => (
        <>
          <button
            {...control}
            ref={field.ref}
            type="button"
            aria-haspopup="dialog"
            aria-labelledby={`${labelledBy} ${control.id}`}
            className={classes(controlClass, opensMenuClass, changedClass)}
            onClick={({ currentTarget }) => setAnchor((before) => (before === null ? currentTarget : null))}
          >
            <AgentName face={face} />
          </button>
          <Suspense>
            {anchor && (
              <AgentMenu
                anchor={anchor}
                direction={direction}
                agentId={field.value}
                linkedTo={linkedTo}
                onChoose={(id) => {
                  field.onChange(id);
                  field.onBlur();
                }}
                onClose={() => setAnchor(null)}
              />
            )}
          </Suspense>
        </>
      )}
    </FormSheetField>
  );
};
