import { useRef, useState } from 'react';
import type { Destination, DestinationType } from '#contract/numbers/destination.ts';
import { FormSheetField } from '#client/components/form/form-sheet-field.tsx';
import { Input } from '#client/components/ui/input.tsx';
import { Textarea } from '#client/components/ui/textarea.tsx';
import { usePlace } from '#client/features/number-fields/form-context.ts';
import { tidyAddress } from '#client/features/number-fields/providers/tidy-address.ts';
import { AgentPicker } from './agent-picker.tsx';
import { emptyDestinations } from './drafts.ts';
import { useRoutingEditor } from './editor-context.ts';
import { NumberInput } from './number-input.tsx';
import { ChoiceSelect } from './select.tsx';
import { SplitEditor } from './split-editor.tsx';

const typeNames: Record<DestinationType, string> = {
  agent: 'One agent',
  split: 'Split between agents',
  forward: 'Forward',
  message: 'Say a message',
  voicemail: 'Voicemail',
  reject: 'Reject',
};
const reasonNames = { declined: 'As declined', busy: 'As busy' };

interface EditorProps<D> {
  pointer: string;
  value: D;
  onChange: (value: D) => void;
}

const readText = (text: string | null) => (
  <div className="py-1.75 wrap-anywhere whitespace-pre-wrap">{text ?? 'The platform’s own'}</div>
);

const ForwardFields = ({
  pointer,
  value,
  onChange,
}: EditorProps<Extract<Destination, { type: 'forward' }>>) => {
  const place = usePlace();
  const { mayEdit, messages } = useRoutingEditor();
  const [note, setNote] = useState<string>();
  const tidy = () => {
    const tidied = tidyAddress(value.to);
    if (tidied.note === undefined || !/^sips?:/i.test(tidied.text)) return;
    setNote(tidied.note);
    onChange({ ...value, to: tidied.text });
  };
  return (
    <>
      <FormSheetField
        label="Forward to"
        hint={note ?? 'A number as +14155552671, or a SIP address.'}
        error={messages.get(`${pointer}/to`)}
        isText={!mayEdit}
      >
        {(control) =>
          mayEdit ? (
            <Input
              {...control}
              {...place(`${pointer}/to`)}
              value={value.to}
              autoComplete="off"
              dir="ltr"
              onChange={({ target }) => {
                setNote(undefined);
                onChange({ ...value, to: target.value });
              }}
              onBlur={tidy}
            />
          ) : (
            readText(value.to)
          )
        }
      </FormSheetField>
      <FormSheetField
        label="Ring for"
        hint="Seconds; empty is the number’s own ring timeout."
        error={messages.get(`${pointer}/ring_timeout_seconds`)}
        isText={!mayEdit}
      >
        {(control) =>
          mayEdit ? (
            <NumberInput
              {...control}
              {...place(`${pointer}/ring_timeout_seconds`)}
              value={value.ring_timeout_seconds}
              className="max-w-32"
              onChange={(seconds) => onChange({ ...value, ring_timeout_seconds: seconds })}
            />
          ) : (
            readText(
              value.ring_timeout_seconds === null
                ? 'The number’s own ring timeout'
                : `${value.ring_timeout_seconds} seconds`,
            )
          )
        }
      </FormSheetField>
    </>
  );
};

interface ProseProps {
  label: string;
  hint: string;
  pointer: string;
  text: string | null;
  onChange: (text: string) => void;
}

const Prose = ({ label, hint, pointer, text, onChange }: ProseProps) => {
  const place = usePlace();
  const { mayEdit, messages } = useRoutingEditor();
  return (
    <FormSheetField label={label} hint={hint} error={messages.get(pointer)} isTall isText={!mayEdit}>
      {(control) =>
        mayEdit ? (
          <Textarea
            {...control}
            {...place(pointer)}
            value={text ?? ''}
            rows={3}
            dir="auto"
            className="field-sizing-content max-h-60 min-h-20"
            onChange={({ target }) => onChange(target.value)}
          />
        ) : (
          readText(text)
        )
      }
    </FormSheetField>
  );
};

const Fields = ({ pointer, value, onChange }: EditorProps<Destination>) => {
  const place = usePlace();
  const { messages, mayEdit } = useRoutingEditor();
  switch (value.type) {
    case 'agent':
      return (
        <FormSheetField label="Agent" error={messages.get(`${pointer}/agent_id`)}>
          {(control) => (
            <AgentPicker
              control={control}
              label="Agent"
              pointer={`${pointer}/agent_id`}
              agentId={value.agent_id}
              onChoose={(agent_id) => onChange({ ...value, agent_id })}
            />
          )}
        </FormSheetField>
      );
    case 'split':
      return (
        <SplitEditor
          pointer={pointer}
          shares={value.agents}
          onChange={(agents) => onChange({ ...value, agents })}
        />
      );
    case 'forward':
      return <ForwardFields pointer={pointer} value={value} onChange={onChange} />;
    case 'message':
      return (
        <Prose
          label="Message"
          hint="Said to the caller; the call then ends."
          pointer={`${pointer}/text`}
          text={value.text}
          onChange={(text) => onChange({ ...value, text })}
        />
      );
    case 'voicemail':
      return (
        <Prose
          label="Greeting"
          hint="Said first; empty is the platform’s own."
          pointer={`${pointer}/greeting`}
          text={value.greeting}
          onChange={(text) => onChange({ ...value, greeting: text === '' ? null : text })}
        />
      );
    case 'reject':
      return (
        <FormSheetField label="Reject" error={messages.get(`${pointer}/reason`)} isText={!mayEdit}>
          {(control) => (
            <ChoiceSelect
              {...control}
              {...place(`${pointer}/reason`)}
              value={value.reason}
              names={reasonNames}
              mayEdit={mayEdit}
              onChange={(reason) => onChange({ ...value, reason })}
            />
          )}
        </FormSheetField>
      );
  }
};

/**
 * What becomes of a call. Each type has its own fields; what was written for another is there again when it
 * is chosen again.
 */
export const DestinationEditor = ({ pointer, value, onChange }: EditorProps<Destination>) => {
  const place = usePlace();
  const { mayEdit, messages } = useRoutingEditor();
  const before = useRef<Partial<Record<DestinationType, Destination>>>({});
  const choose = (type: DestinationType) => {
    before.current[value.type] = value;
    onChange(before.current[type] ?? emptyDestinations[type]);
  };
  return (
    <>
      <FormSheetField
        label="Then"
        error={messages.get(pointer) ?? messages.get(`${pointer}/type`)}
        isText={!mayEdit}
      >
        {(control) => (
          <ChoiceSelect
            {...control}
            {...place(`${pointer}/type`)}
            value={value.type}
            names={typeNames}
            mayEdit={mayEdit}
            onChange={choose}
          />
        )}
      </FormSheetField>
      <Fields pointer={pointer} value={value} onChange={onChange} />
    </>
  );
};
