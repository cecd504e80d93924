import { AgentName } from '#client/features/numbers/agent-button.tsx';
import { usePlace } from '#client/features/number-fields/form-context.ts';
import { AgentChoice, chosenFace, type AgentControl } from './agent-choice.tsx';
import { useRoutingEditor } from './editor-context.ts';

interface AgentPickerProps {
  /** Who is chosen, as the menu and the button are called. */
  label: string;
  pointer: string;
  control?: AgentControl;
  /** Empty where none is chosen yet. */
  agentId: string;
  onChoose: (agentId: string) => void;
}

/** The agent at a place of the number's form; its name alone for those who only read. */
export const AgentPicker = ({ pointer, agentId, ...props }: AgentPickerProps) => {
  const place = usePlace();
  const { agents, mayEdit } = useRoutingEditor();
  if (!mayEdit)
    return (
      <div className="min-w-0 py-1.75">
        <AgentName face={chosenFace(agents, agentId)} />
      </div>
    );
  return <AgentChoice {...props} {...place(pointer)} agents={agents} agentId={agentId} />;
};
