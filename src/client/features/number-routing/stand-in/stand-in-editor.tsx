import type { TemporaryReassignment } from '#contract/numbers/routing.ts';
import { FormSheetField } from '#client/components/form/form-sheet-field.tsx';
import { useAgents } from '#client/features/agents/queries.ts';
import { agentsById } from '#client/features/numbers/agent-faces.ts';
import { usePlace } from '#client/features/number-fields/form-context.ts';
import { useFieldMessages } from '#client/features/number-fields/use-field-messages.ts';
import { AgentPicker } from '#client/features/number-routing/rules/agent-picker.tsx';
import { RoutingEditorContext } from '#client/features/number-routing/rules/editor-context.ts';
import { StandInSpan } from './stand-in-span.tsx';

const pointer = '/temporary_reassignment';

interface StandInEditorProps {
  value: TemporaryReassignment;
  now: number;
  /** The number's: by its clock all moments are written. */
  zone: string;
  onChange: (value: TemporaryReassignment) => void;
}

/** Who stands in, for what, and from when to when by the number's clock. */
export const StandInEditor = ({ value, now, zone, onChange }: StandInEditorProps) => {
  const place = usePlace();
  const agents = agentsById(useAgents().data);
  const messages = useFieldMessages();
  return (
    <RoutingEditorContext value={{ mayEdit: true, agents, messages, findings: [] }}>
      <fieldset
        aria-label="Stand-in"
        className="mt-2 grid grid-cols-1 gap-2 rounded-lg border border-line-2 px-3 py-3"
      >
        <FormSheetField label="Agent" error={messages.get(`${pointer}/agent_id`)}>
          {(control) => (
            <AgentPicker
              control={control}
              label="Agent that stands in"
              pointer={`${pointer}/agent_id`}
              agentId={value.agent_id}
              onChoose={(agent_id) => onChange({ ...value, agent_id })}
            />
          )}
        </FormSheetField>
        <StandInSpan
          value={value}
          now={now}
          zone={zone}
          placeOf={(part) => place(`${pointer}/${part}`)}
          messageOf={(part) => messages.get(`${pointer}/${part}`)}
          onChange={(changes) => onChange({ ...value, ...changes })}
        />
      </fieldset>
    </RoutingEditorContext>
  );
};
