import { Suspense, useState } from 'react';
import { controlClass } from '#client/components/ui/input.tsx';
import { AgentName, opensMenuClass } from '#client/features/numbers/agent-button.tsx';
import { faceOf } from '#client/features/numbers/agent-faces.ts';
import { usePlace } from '#client/features/number-fields/form-context.ts';
import { classes } from '#client/lib/classes.ts';
import { lazyPart } from '#client/lib/lazy-part.ts';
import { useRoutingEditor } from './editor-context.ts';

const loadMenu = () => import('#client/features/numbers/agent-menu.tsx');
const AgentMenu = lazyPart(() => loadMenu().then((file) => ({ default: file.AgentMenu })));
const onIntent = () => void loadMenu();

interface AgentPickerProps {
  /** What is chosen, as the menu and the button are called. */
  label: string;
  pointer: string;
  control?: { id?: string; 'aria-labelledby'?: string; 'aria-describedby'?: string; 'aria-invalid'?: true };
  /** Empty where none is chosen yet. */
  agentId: string;
  onChoose: (agentId: string) => void;
}

/** One agent, which must be some: an agent that is missing or retired is shown as what it is, and kept. */
export const AgentPicker = ({ label, pointer, control, agentId, onChoose }: AgentPickerProps) => {
  const place = usePlace();
  const { agents, mayEdit } = useRoutingEditor();
  const labelledBy = control?.['aria-labelledby'];
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const face =
    agentId === '' ? ({ kind: 'none', name: 'Choose an agent' } as const) : faceOf(agents, agentId);
  if (!mayEdit)
    return (
      <div className="min-w-0 py-1.75">
        <AgentName face={face} />
      </div>
    );
  return (
    <>
      <button
        {...control}
        // With a label beside it, its name is that and who is chosen.
        {...(labelledBy === undefined
          ? { 'aria-label': `${label}: ${face.name}` }
          : { 'aria-labelledby': `${labelledBy} ${control?.id}` })}
        type="button"
        {...place(pointer)}
        aria-haspopup="dialog"
        className={classes(controlClass, opensMenuClass)}
        onPointerEnter={onIntent}
        onFocus={onIntent}
        onClick={({ currentTarget }) => setAnchor((before) => (before === null ? currentTarget : null))}
      >
        <AgentName face={face} />
      </button>
      <Suspense>
        {anchor && (
          <AgentMenu
            anchor={anchor}
            direction="inbound"
            label={`Choose the ${label.toLowerCase()}`}
            isRequired
            agentId={agentId === '' ? null : agentId}
            onChoose={(id) => id !== null && onChoose(id)}
            onClose={() => setAnchor(null)}
          />
        )}
      </Suspense>
    </>
  );
};
