import { Suspense, useEffect, useEffectEvent, useRef } from 'react';
import { useController, useWatch } from 'react-hook-form';
import { changedClass, FormSheetField } from '#client/components/form/form-sheet-field.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { ownZone } from '#client/components/time-zone/time-zones.ts';
import { useAgents } from '#client/features/agents/queries.ts';
import { useNow } from '#client/lib/use-now.ts';
import { agentsById, faceOf } from '#client/features/numbers/agent-faces.ts';
import { firstMessage } from '#client/features/number-fields/field-errors.ts';
import {
  useIsChanged,
  usePhoneNumberForm,
  usePlace,
  useTarget,
} from '#client/features/number-fields/form-context.ts';
import { fieldLabels, type PhoneNumberValues } from '#client/features/number-fields/phone-number-values.ts';
import { useNumberZone } from '#client/features/number-fields/use-number-zone.ts';
import { useOpened } from '#client/lib/address/use-opened.ts';
import { classes } from '#client/lib/classes.ts';
import { lazyPart } from '#client/lib/lazy-part.ts';
import { quickSpans } from './quick-spans.ts';
import { clockWords, phaseOf, reassignmentWords, turnsOf } from './reassignment-words.ts';

const StandInEditor = lazyPart(() =>
  import('./stand-in-editor.tsx').then((file) => ({ default: file.StandInEditor })),
);

// With it comes the decision itself.
const StandInReach = lazyPart(() =>
  import('./stand-in-reach.tsx').then((file) => ({ default: file.StandInReach })),
);

const name = 'temporary_reassignment';
/** As the address calls it while it is edited. */
const EDITOR = 'stand-in';

/** Another agent for a while, and then back by itself: said in a sentence, edited where it stands. */
export const StandInField = () => {
  const place = usePlace();
  const { field, fieldState } = useController<PhoneNumberValues, typeof name>({ name });
  const usual = useWatch<PhoneNumberValues, 'inbound_agent_id'>({ name: 'inbound_agent_id' });
  const { record, mayEdit, places } = usePhoneNumberForm();
  const agents = agentsById(useAgents().data);
  const { value } = field;
  const now = useNow(...turnsOf(value));
  const isChanged = useIsChanged(name, value);
  const { open, show, hide } = useOpened();
  const isSetOpen = open.has(EDITOR);
  const isOpen = mayEdit && value !== null && isSetOpen;
  const zone = useNumberZone();
  const clock = zone ?? ownZone();
  useTarget(
    (pointer) => pointer.startsWith(`/${name}`),
    () => show(EDITOR),
  );
  const close = useEffectEvent(() => hide(EDITOR));
  // Saved, or taken back: the sentence says it all.
  const wasChanged = useRef(false);
  useEffect(() => {
    if (wasChanged.current && !isChanged) close();
    wasChanged.current = isChanged;
  }, [isChanged]);
  // Called off, or not saved before a reload: there is nothing to edit.
  const isVoid = isSetOpen && !isOpen;
  useEffect(() => {
    if (isVoid) close();
  }, [isVoid]);

  if (record === null || (value === null && !mayEdit)) return null;
  const begin = () => {
    const [span] = zone === null ? [] : quickSpans(now, zone);
    if (!span) return;
    field.onChange({
      agent_id: '',
      direction: 'inbound',
      starts_at: new Date(span.from).toISOString(),
      ends_at: new Date(span.to).toISOString(),
    });
    show(EDITOR);
    // The button that was pressed is gone: the hand goes on with who stands in.
    places.seek(`/${name}/agent_id`);
  };
  const endNow = () => {
    if (value !== null) field.onChange({ ...value, ends_at: new Date().toISOString() });
    places.seek(`/${name}`);
  };
  const callOff = () => {
    field.onChange(null);
    places.seek(`/${name}`);
  };
  const nameOf = (id: string | null) =>
    id === '' ? 'The agent you choose' : id === null ? 'nobody' : faceOf(agents, id).name;
  const phase = value && phaseOf(value, now);
  return (
    <div>
      <FormSheetField
        label={fieldLabels.temporary_reassignment}
        isText
        isTall
        isChanged={isChanged}
        error={isOpen ? undefined : firstMessage(fieldState.error)}
      >
        {(control) =>
          value === null ? (
            <Button
              id={control.id}
              variant="outline"
              size="sm"
              {...place(`/${name}`)}
              data-changed={control['data-changed']}
              aria-disabled={zone === null}
              className={classes('justify-self-start', changedClass)}
              onClick={begin}
            >
              Set a stand-in…
            </Button>
          ) : (
            <div className="grid grid-cols-1 gap-2 py-1.5">
              {/* Until it is known by whose clock, the room of the words. */}
              <div className={classes('grid gap-2', zone === null && 'invisible')}>
                <p className={phase === 'ended' ? 'text-ink-3' : undefined}>
                  <bdi>{reassignmentWords(value, now, clock, nameOf(value.agent_id), nameOf(usual))}</bdi>
                </p>
                <p className="text-xs text-ink-3">{clockWords(value, now, clock, ownZone())}</p>
              </div>
              {mayEdit && (
                <div className="flex flex-wrap gap-2">
                  {/* It stays while it is open: Call off must not come under a hand that presses twice. */}
                  <Button
                    variant="outline"
                    size="sm"
                    {...place(`/${name}`)}
                    aria-expanded={isOpen}
                    onClick={() => (isOpen ? hide(EDITOR) : show(EDITOR))}
                  >
                    Change
                  </Button>
                  <Button variant="outline" size="sm" onClick={callOff}>
                    {phase === 'ended' ? 'Clear' : 'Call off'}
                  </Button>
                  {/* Last: it comes and goes by the clock, and moves nothing. */}
                  {phase === 'running' && value.agent_id !== '' && (
                    <Button variant="outline" size="sm" onClick={endNow}>
                      End now
                    </Button>
                  )}
                </div>
              )}
              {value.agent_id !== '' && value.direction !== 'outbound' && phase !== 'ended' && (
                // Two lines from the start: what stands below is not moved by what comes, or changes with what is typed.
                <div className="min-h-[2lh] text-xs">
                  <Suspense>
                    {zone !== null && <StandInReach zone={zone} now={now} standIn={nameOf(value.agent_id)} />}
                  </Suspense>
                </div>
              )}
            </div>
          )
        }
      </FormSheetField>
      {isOpen && zone !== null && (
        <Suspense fallback={<div className="mt-2 h-56 rounded-lg border border-line-2" />}>
          <StandInEditor value={value} now={now} zone={zone} onChange={field.onChange} />
        </Suspense>
      )}
    </div>
  );
};
