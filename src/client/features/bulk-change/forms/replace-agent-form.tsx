import { useState } from 'react';
import { FormSheetField } from '#client/components/form/form-sheet-field.tsx';
import { useAgents } from '#client/features/agents/queries.ts';
import { AgentChoice } from '#client/features/number-routing/rules/agent-choice.tsx';
import { agentsById } from '#client/features/numbers/agent-faces.ts';
import { ChangeFormFrame } from './change-form.tsx';
import type { FormProps } from './form-props.ts';

/** One agent in another's place, wherever it is named. */
export const ReplaceAgentForm = ({
  ask,
  selected,
  isShown,
  onDirty,
  onPlan,
  onClose,
}: FormProps<'replace_agent'>) => {
  const agents = useAgents().data;
  const [from, setFrom] = useState(ask.from ?? null);
  const [to, setTo] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const nameOf = (id: string) =>
    agents?.find(({ ai_agent_id }) => ai_agent_id === id)?.agent_name ?? 'a missing agent';
  const preview = () => {
    if (from === null || to === null)
      return setProblem('Choose the agent to replace, and the one that takes its place.');
    setProblem(null);
    onPlan({
      title: `Replace ${nameOf(from)} with ${nameOf(to)}`,
      change: { replace_agent: { from, to } },
    });
  };
  const choose = (set: (id: string) => void) => (id: string) => {
    set(id);
    setProblem(null);
    onDirty(true);
  };
  const replace = (id: string) => {
    setFrom(id);
    if (to === id) setTo(null);
  };
  return (
    <ChangeFormFrame
      title={ask.from === undefined ? 'Replace an agent' : `Replace ${nameOf(ask.from)}`}
      about="Inbound, outbound, in rules, splits and fallbacks, and as a stand-in to come."
      {...{ selected, isShown, problem, onClose }}
      onPreview={preview}
    >
      {ask.from === undefined && (
        <FormSheetField label="Replace">
          {(control) => (
            <AgentChoice
              control={control}
              label="Agent to replace"
              agents={agentsById(agents)}
              agentId={from ?? ''}
              onChoose={choose(replace)}
            />
          )}
        </FormSheetField>
      )}
      <FormSheetField label="By">
        {(control) => (
          <AgentChoice
            control={control}
            label="Agent that takes its place"
            agents={agentsById(agents)}
            agentId={to ?? ''}
            except={from ?? undefined}
            onChoose={choose(setTo)}
          />
        )}
      </FormSheetField>
    </ChangeFormFrame>
  );
};
