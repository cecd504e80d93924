import { useState } from 'react';
import type { TemporaryReassignment } from '#contract/numbers/routing.ts';
import { Choice } from '#client/components/choice.tsx';
import { FormSheetField } from '#client/components/form/form-sheet-field.tsx';
import { ownZone } from '#client/components/time-zone/time-zones.ts';
import { useAgents } from '#client/features/agents/queries.ts';
import { quickSpans } from '#client/features/number-routing/stand-in/quick-spans.ts';
import { AgentChoice } from '#client/features/number-routing/rules/agent-choice.tsx';
import { StandInSpan } from '#client/features/number-routing/stand-in/stand-in-span.tsx';
import { agentsById } from '#client/features/numbers/agent-faces.ts';
import { useNow } from '#client/lib/use-now.ts';
import { ChangeFormFrame } from './change-form.tsx';
import type { FormProps } from './form-props.ts';

const acts = ['set', 'end'] as const;
const actNames = { set: 'Set a stand-in', end: 'End stand-ins' };
const isMoment = (text: string) => !Number.isNaN(Date.parse(text)) && /^\d{4}-\d\d-\d\dT/.test(text);

/** Another agent for a while, on every number from and until the same moment; or an end to that. */
export const StandInForm = ({ selected, isShown, onDirty, onPlan, onClose }: FormProps<'stand_in'>) => {
  const now = useNow();
  const zone = ownZone();
  const agents = useAgents().data;
  const [act, setAct] = useState<(typeof acts)[number]>('set');
  const [first] = quickSpans(now, zone);
  const [value, setValue] = useState({
    agent_id: null as string | null,
    direction: 'inbound' as TemporaryReassignment['direction'],
    starts_at: new Date(first?.from ?? now).toISOString(),
    ends_at: new Date(first?.to ?? now).toISOString(),
  });
  const [problem, setProblem] = useState<string | null>(null);
  const put = (part: Partial<typeof value>) => {
    setValue({ ...value, ...part });
    onDirty(true);
  };
  const preview = () => {
    setProblem(null);
    if (act === 'end') return onPlan({ title: 'End stand-ins', change: { temporary_reassignment: null } });
    const { agent_id: id, starts_at: from, ends_at: to } = value;
    if (id === null) return setProblem('Choose the agent that stands in.');
    if (!isMoment(from) || !isMoment(to))
      return setProblem('Write from when and until when, as a date and a time.');
    if (Date.parse(to) <= Date.parse(from)) return setProblem('A stand-in ends after it begins.');
    const name = agents?.find(({ ai_agent_id }) => ai_agent_id === id)?.agent_name ?? 'a missing agent';
    onPlan({
      title: `Have ${name} stand in`,
      change: { temporary_reassignment: { ...value, agent_id: id } },
    });
  };
  return (
    <ChangeFormFrame title="Stand-in" {...{ selected, isShown, problem, onClose }} onPreview={preview}>
      <div>
        <Choice name="act" label="Act" options={acts} names={actNames} chosen={act} onChoose={setAct} />
      </div>
      {act === 'end' ? (
        <p className="text-ink-2">Whoever stands in, or is to, no longer does.</p>
      ) : (
        <div className="grid gap-2">
          <FormSheetField label="Agent">
            {(control) => (
              <AgentChoice
                control={control}
                label="Agent that stands in"
                agents={agentsById(agents)}
                agentId={value.agent_id ?? ''}
                onChoose={(agent_id) => put({ agent_id })}
              />
            )}
          </FormSheetField>
          <StandInSpan value={value} now={now} zone={zone} onChange={put} />
        </div>
      )}
    </ChangeFormFrame>
  );
};
