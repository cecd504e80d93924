import { ChevronRightIcon } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useController, useWatch } from 'react-hook-form';
import { FormSheetField } from '#client/components/form/form-sheet-field.tsx';
import { useIsChanged, usePlace, useTarget } from '#client/features/number-fields/form-context.ts';
import type { PhoneNumberValues } from '#client/features/number-fields/phone-number-values.ts';
import { classes } from '#client/lib/classes.ts';
import { DestinationEditor } from './destination-editor.tsx';
import { emptyDestinations } from './drafts.ts';
import { hasMessageWithin, useRoutingEditor } from './editor-context.ts';
import { FindingNotes } from './finding-notes.tsx';
import { ChoiceSelect } from './select.tsx';
import { AgentWords, DestinationWords } from './sentence.tsx';

const pointer = '/routing/fallback';
const isBehindTheRules = (place: string) => place.startsWith(pointer) || place === '/inbound_agent_id';
const fallbackNames = { none: 'None: the call is declined', some: 'Something else' };

const FallbackFields = () => {
  const place = usePlace();
  const { field } = useController<PhoneNumberValues, 'routing.fallback'>({ name: 'routing.fallback' });
  const { mayEdit, messages } = useRoutingEditor();
  const before = useRef(field.value);
  useEffect(() => {
    if (field.value !== null) before.current = field.value;
  }, [field.value]);
  return (
    <div className="grid grid-cols-1 gap-2 border-t border-dashed px-3 py-3">
      <FormSheetField
        label="Fallback"
        hint="Takes the call where no rule matches and the number has no inbound agent."
        error={messages.get(pointer)}
        isText={!mayEdit}
      >
        {(control) => (
          <ChoiceSelect
            {...control}
            {...place(pointer)}
            value={field.value === null ? 'none' : 'some'}
            names={fallbackNames}
            mayEdit={mayEdit}
            onChange={(chosen) =>
              field.onChange(chosen === 'none' ? null : (before.current ?? emptyDestinations.voicemail))
            }
          />
        )}
      </FormSheetField>
      {field.value !== null && (
        <DestinationEditor pointer={pointer} value={field.value} onChange={field.onChange} />
      )}
    </div>
  );
};

/** The end of the list: the inbound agent, or the fallback, or nobody. */
export const Otherwise = () => {
  const [agentId, fallback] = useWatch<PhoneNumberValues, ['inbound_agent_id', 'routing.fallback']>({
    name: ['inbound_agent_id', 'routing.fallback'],
  });
  const { messages } = useRoutingEditor();
  const isChanged = useIsChanged('routing.fallback', fallback);
  const [isOpen, setOpen] = useState(false);
  // What is asked for is within: it is opened once, and may be closed again.
  useTarget(
    (place) => place.startsWith(pointer),
    () => setOpen(true),
  );
  return (
    <div
      className={classes(
        'rounded-lg border border-dashed',
        hasMessageWithin(messages, pointer) ? 'border-harm' : isChanged ? 'border-cord' : 'border-line-2',
      )}
    >
      <button
        type="button"
        aria-expanded={isOpen}
        className="group flex min-h-9.5 w-full items-start gap-2 rounded-lg py-2 pr-3 pl-3 text-left text-ink-2"
        onClick={() => setOpen(!isOpen)}
      >
        <span className="min-w-0 flex-1 wrap-anywhere">
          Otherwise <span aria-hidden="true">→ </span>
          {agentId !== null && <AgentWords agentId={agentId} />}
          {agentId === null && fallback !== null && <DestinationWords destination={fallback} />}
          {agentId === null && fallback === null && (
            <span className="text-harm">nobody answers, the call is declined</span>
          )}
          {agentId !== null && fallback !== null && (
            <span className="block text-xs text-ink-3">
              Fallback, without an inbound agent: <DestinationWords destination={fallback} />
            </span>
          )}
        </span>
        <ChevronRightIcon
          aria-hidden="true"
          className="mt-0.5 size-4 shrink-0 text-ink-3 group-aria-expanded:rotate-90"
        />
      </button>
      <FindingNotes at={isBehindTheRules} className="px-3 pb-2" />
      {isOpen && <FallbackFields />}
    </div>
  );
};
