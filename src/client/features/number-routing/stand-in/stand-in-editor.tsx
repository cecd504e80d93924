import type { TemporaryReassignment } from '#contract/numbers/routing.ts';
import { FormSheetField } from '#client/components/form/form-sheet-field.tsx';
import { MomentInput } from '#client/components/date/moment-input.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { useAgents } from '#client/features/agents/queries.ts';
import { agentsById } from '#client/features/numbers/agent-faces.ts';
import { usePlace } from '#client/features/number-fields/form-context.ts';
import { useFieldMessages } from '#client/features/number-fields/use-field-messages.ts';
import { AgentPicker } from '#client/features/number-routing/rules/agent-picker.tsx';
import { RoutingEditorContext } from '#client/features/number-routing/rules/editor-context.ts';
import { quickSpans } from './quick-spans.ts';
import { ChoiceSelect } from '#client/features/number-routing/rules/select.tsx';

const directionNames: Record<TemporaryReassignment['direction'], string> = {
  inbound: 'Inbound calls',
  outbound: 'Outbound calls',
  both: 'All calls',
};

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
  const moment = (part: 'starts_at' | 'ends_at', label: string) => (
    <FormSheetField label={label} isTall>
      {(control) => (
        <MomentInput
          {...control}
          {...place(`${pointer}/${part}`)}
          zone={zone}
          value={value[part]}
          error={messages.get(`${pointer}/${part}`)}
          onChange={(moment) => onChange({ ...value, [part]: moment })}
        />
      )}
    </FormSheetField>
  );
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
        <FormSheetField label="Stands in for" error={messages.get(`${pointer}/direction`)}>
          {(control) => (
            <ChoiceSelect
              {...control}
              {...place(`${pointer}/direction`)}
              value={value.direction}
              names={directionNames}
              mayEdit
              onChange={(direction) => onChange({ ...value, direction })}
            />
          )}
        </FormSheetField>
        {moment('starts_at', 'From')}
        {moment('ends_at', 'Until')}
        <div className="flex flex-wrap gap-1.5 sm:pl-41">
          {quickSpans(now, zone).map(({ name, from, to }) => (
            <Button
              key={name}
              variant="outline"
              size="sm"
              onClick={() =>
                onChange({
                  ...value,
                  starts_at: new Date(from).toISOString(),
                  ends_at: new Date(to).toISOString(),
                })
              }
            >
              {name}
            </Button>
          ))}
        </div>
      </fieldset>
    </RoutingEditorContext>
  );
};
