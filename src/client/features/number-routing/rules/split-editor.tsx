import { XIcon } from 'lucide-react';
import { useId } from 'react';
import type { Destination } from '#contract/numbers/destination.ts';
import { FormSheetField } from '#client/components/form/form-sheet-field.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { usePlace } from '#client/features/number-fields/form-context.ts';
import { AgentPicker } from './agent-picker.tsx';
import { useRoutingEditor } from './editor-context.ts';
import { NumberInput } from './number-input.tsx';

type Share = Extract<Destination, { type: 'split' }>['agents'][number];

const percent = (weight: number, total: number) =>
  weight > 0 && total > 0 ? `${((weight / total) * 100).toFixed(1).replace(/\.0$/, '')} %` : '0 %';

interface RowProps {
  pointer: string;
  at: number;
  share: Share;
  total: number;
  canRemove: boolean;
  onChange: (share: Share) => void;
  onRemove: () => void;
}

const ShareRow = ({ pointer, at, share, total, canRemove, onChange, onRemove }: RowProps) => {
  const place = usePlace();
  const { mayEdit, messages } = useRoutingEditor();
  const id = useId();
  const parts = ['agent_id', 'weight'] as const;
  const invalid = (part: (typeof parts)[number]) =>
    messages.has(`${pointer}/${part}`)
      ? { 'aria-invalid': true as const, 'aria-describedby': `${id}${part}` }
      : {};
  return (
    <li className="grid gap-1">
      <div className="flex items-center gap-2">
        <div className="min-w-0 flex-1">
          <AgentPicker
            label={`Agent ${at + 1}`}
            pointer={`${pointer}/agent_id`}
            control={invalid('agent_id')}
            agentId={share.agent_id}
            onChoose={(agent_id) => onChange({ ...share, agent_id })}
          />
        </div>
        {mayEdit ? (
          <NumberInput
            aria-label={`Weight of agent ${at + 1}`}
            {...place(`${pointer}/weight`)}
            {...invalid('weight')}
            value={share.weight}
            empty={0}
            className="w-16! text-right"
            onChange={(weight) => onChange({ ...share, weight: weight ?? 0 })}
          />
        ) : null}
        <span className="w-13 shrink-0 text-right text-ink-2">{percent(share.weight, total)}</span>
        {mayEdit && (
          <Button
            variant="ghost"
            size="iconSm"
            aria-label={`Take agent ${at + 1} out`}
            disabled={!canRemove}
            onClick={onRemove}
          >
            <XIcon aria-hidden="true" />
          </Button>
        )}
      </div>
      {parts.map(
        (part) =>
          messages.has(`${pointer}/${part}`) && (
            <p key={part} id={`${id}${part}`} role="alert" className="text-xs text-harm">
              {messages.get(`${pointer}/${part}`)}
            </p>
          ),
      )}
    </li>
  );
};

interface SplitEditorProps {
  pointer: string;
  shares: Share[];
  onChange: (shares: Share[]) => void;
}

/** Agents side by side, each with its share of the callers. */
export const SplitEditor = ({ pointer, shares, onChange }: SplitEditorProps) => {
  const place = usePlace();
  const { mayEdit, messages } = useRoutingEditor();
  const total = shares.reduce((sum, { weight }) => sum + (weight > 0 ? weight : 0), 0);
  return (
    <FormSheetField
      label="Agents"
      hint="Shares follow the weights. The same caller always gets the same agent."
      error={messages.get(`${pointer}/agents`)}
      isTall
      isText
    >
      {() => (
        <ul className="grid grid-cols-1 gap-1.5">
          {shares.map((share, at) => (
            <ShareRow
              // Rows have no name of their own, and the agent of one may be changed.
              key={at}
              pointer={`${pointer}/agents/${at}`}
              at={at}
              share={share}
              total={total}
              canRemove={shares.length > 1}
              onChange={(next) => onChange(shares.with(at, next))}
              onRemove={() => onChange(shares.toSpliced(at, 1))}
            />
          ))}
          {mayEdit && (
            <li>
              <Button
                variant="outline"
                size="sm"
                {...place(`${pointer}/agents`)}
                onClick={() => onChange([...shares, { agent_id: '', weight: 1 }])}
              >
                Add an agent
              </Button>
            </li>
          )}
        </ul>
      )}
    </FormSheetField>
  );
};
