import { ChevronUpIcon } from 'lucide-react';
import { Suspense, useState } from 'react';
import { Button } from '#client/components/ui/button.tsx';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '#client/components/ui/dropdown-menu.tsx';
import { useAgents } from '#client/features/agents/queries.ts';
import { changeMany, type BulkQuestion, type ChangeForm } from '#client/features/bulk/questions.ts';
import { agentFieldOf, agentsById, faceOf, type Direction } from '#client/features/numbers/agent-faces.ts';
import { lazyPart } from '#client/lib/lazy-part.ts';
import { clearSelection, shownList, type Selection } from './selection.ts';
import { selectedOf } from './selected-words.ts';

const loadAgentMenu = () => import('#client/features/numbers/agent-menu.tsx');
const AgentMenu = lazyPart(() => loadAgentMenu().then((file) => ({ default: file.AgentMenu })));
const onIntent = () => void loadAgentMenu();

const directions: Record<Direction, string> = { inbound: 'Inbound', outbound: 'Outbound' };

const forms: { kind: Exclude<ChangeForm['kind'], 'labels' | 'rotate'>; label: string }[] = [
  { kind: 'replace_agent', label: 'Replace an agent…' },
  { kind: 'routing', label: 'Copy routing from a number…' },
  { kind: 'stand_in', label: 'Stand-in…' },
  { kind: 'metadata', label: 'Metadata…' },
  { kind: 'field', label: 'Set a field…' },
];

interface Props {
  selection: Selection;
  /** As selection-words.ts takes it. */
  excepted: number | null;
  /** Gives the focus to the list. */
  onLeave: () => void;
}

/** What can be done with the numbers that are selected: each leads to a preview. */
export const BarActs = ({ selection, excepted, onLeave }: Props) => {
  const agents = agentsById(useAgents().data);
  const [menu, setMenu] = useState<{ direction: Direction; anchor: HTMLElement } | null>(null);
  const ask = async (question: BulkQuestion['ask']) => {
    const isStarted = await changeMany({ selected: selectedOf(selection, excepted, agents), ask: question });
    if (!isStarted) return;
    clearSelection();
    // Once the dialog has gone, and with it its hold on the focus.
    setTimeout(onLeave);
  };
  if (shownList()?.filters.deleted !== undefined)
    return (
      <Button
        variant="ghost"
        onClick={() => void ask({ title: 'Restore numbers', change: { restore: true } })}
      >
        Restore…
      </Button>
    );
  const assign = ({ direction, anchor }: NonNullable<typeof menu>, id: string | null) => {
    // The dialog gives the focus back to where it finds it.
    anchor.focus({ preventScroll: true });
    const title =
      id === null
        ? `Clear the ${direction} agent`
        : `Set the ${direction} agent to ${faceOf(agents, id).name}`;
    void ask({ title, change: { [agentFieldOf(direction)]: id } });
  };
  return (
    <>
      {(['inbound', 'outbound'] as const).map((direction) => (
        <Button
          key={direction}
          variant="ghost"
          aria-haspopup="dialog"
          onPointerEnter={onIntent}
          onFocus={onIntent}
          onClick={({ currentTarget: anchor }) => setMenu(menu ? null : { direction, anchor })}
        >
          <span>
            {directions[direction]}
            <span className="@max-[26rem]:sr-only"> agent</span>…
          </span>
        </Button>
      ))}
      <Button variant="ghost" aria-haspopup="dialog" onClick={() => void ask({ kind: 'labels' })}>
        Labels…
      </Button>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost">
            More
            <ChevronUpIcon aria-hidden="true" />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end" side="top">
          {forms.map(({ kind, label }) => (
            <DropdownMenuItem key={kind} onSelect={() => void ask({ kind })}>
              {label}
            </DropdownMenuItem>
          ))}
          <DropdownMenuSeparator />
          <DropdownMenuItem
            variant="harm"
            onSelect={() => void ask({ title: 'Delete numbers', change: { delete: true } })}
          >
            Delete…
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <Suspense>
        {menu && (
          <AgentMenu
            anchor={menu.anchor}
            direction={menu.direction}
            agentId={undefined}
            onChoose={(id) => assign(menu, id)}
            onClose={() => setMenu(null)}
          />
        )}
      </Suspense>
    </>
  );
};
