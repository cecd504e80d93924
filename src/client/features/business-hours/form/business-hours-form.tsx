import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { BusinessHours, Hours } from '#contract/business-hours.ts';
import { Field, FormError } from '#client/components/form/field.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { Input } from '#client/components/ui/input.tsx';
import { WeekEditor } from '#client/components/week/week-editor.tsx';
import { modKey } from '#client/lib/keyboard.ts';
import { useLeaveGuard } from '#client/lib/leave-guard.ts';
import { plural } from '#client/lib/words/format.ts';
import { ExceptionsEditor } from './exceptions-editor.tsx';
import {
  bodyOf,
  draftOf,
  isChanged,
  messageAt,
  messagesByPlace,
  rebased,
  type HoursDraft,
} from './hours-draft.ts';
import { todayIn } from '#client/lib/days.ts';
import { StaleHoursPanel } from './stale-hours-panel.tsx';
import { TimeZoneField } from '#client/components/time-zone/time-zone-field.tsx';
import { useNow } from '#client/lib/use-now.ts';
import { useSaveBusinessHours } from './use-save-business-hours.ts';

interface Props {
  /** What is stored now; null where new hours are added. */
  stored: BusinessHours | null;
  /** What the form begins with. */
  initial: Hours;
  /** Someone deleted them while they were edited: saving adds them anew. */
  isGone: boolean;
  onSaved: (stored: BusinessHours) => void;
  /** What closing would drop: the dialog asks first. */
  onDirty: (isDirty: boolean) => void;
  onCancel: () => void;
}

export const UNSAVED = 'Your changes to these business hours are not saved.';

/** Name, zone, week and exceptions. `stored` never overwrites what is being edited. */
export const BusinessHoursForm = ({ stored, initial, isGone, onSaved, onDirty, onCancel }: Props) => {
  const root = useRef<HTMLDivElement>(null);
  const [base, setBase] = useState(stored);
  const [{ draft, generation }, setState] = useState(() => ({ draft: draftOf(initial), generation: 0 }));
  // What a key has just put there is saved by the same key, before it is drawn.
  const latest = useRef(draft);
  const [theirs, setTheirs] = useState<BusinessHours | null>(null);
  const today = todayIn(draft.time_zone, useNow());
  const isDirty =
    base === null
      ? JSON.stringify(bodyOf(draft)) !== JSON.stringify(bodyOf(draftOf(initial)))
      : isChanged(base, draft);

  const { save, recheck, isSaving, refusals, errors, messages } = useSaveBusinessHours({
    onSaved,
    onStale: setTheirs,
  });
  useLeaveGuard(isDirty && !isSaving, UNSAVED);
  useEffect(() => {
    onDirty(isDirty);
  }, [isDirty, onDirty]);
  useEffect(() => {
    latest.current = draft;
  }, [draft]);
  useEffect(() => {
    if (refusals > 0)
      root.current?.querySelector<HTMLElement>('[aria-invalid=true],[data-invalid=true]')?.focus();
  }, [refusals]);

  // Editors that keep an order of their own begin anew with what comes from elsewhere.
  const begin = (from: BusinessHours, next: HoursDraft) => {
    setBase(from);
    setTheirs(null);
    setState({ draft: next, generation: generation + 1 });
  };
  if (stored !== null && base !== null && stored.version > base.version && !isDirty && !isSaving)
    begin(stored, draftOf(stored));

  const change = (part: Partial<HoursDraft>) => {
    const next = { ...draft, ...part };
    latest.current = next;
    setState({ draft: next, generation });
    recheck(base, next);
  };
  const submit = () => {
    if (theirs !== null) return;
    if (base !== null && !isChanged(base, latest.current)) onCancel();
    else void save(isGone ? null : base, latest.current);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (
      event.key.toLowerCase() !== 's' ||
      !(event.ctrlKey || event.metaKey) ||
      event.altKey ||
      event.shiftKey
    )
      return;
    // The sheet beneath listens for the same keys.
    event.preventDefault();
    event.stopPropagation();
    submit();
  };
  const count = base?.phone_number_count ?? 0;

  return (
    // The keys of the whole form, wherever in it the focus is.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div ref={root} className="contents" onKeyDown={onKeyDown}>
      <div className="relative grid min-h-0 content-start gap-6 overflow-y-auto px-4 py-4 sm:px-6">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Name" hint="Operators choose the hours by it." error={messageAt(errors, '/name')}>
            {(control) => (
              <Input
                {...control}
                autoComplete="off"
                dir="auto"
                placeholder="Dhaka office"
                value={draft.name}
                onChange={({ target }) => change({ name: target.value })}
              />
            )}
          </Field>
          <TimeZoneField
            value={draft.time_zone}
            onChange={(time_zone) => change({ time_zone })}
            error={messageAt(errors, '/time_zone')}
          />
        </div>
        <section aria-labelledby="week-title" className="grid gap-2">
          <h3 id="week-title" className="font-semibold">
            Week
          </h3>
          <WeekEditor
            key={generation}
            value={draft.weekly}
            onChange={(weekly) => change({ weekly })}
            problems={messagesByPlace(errors, 'weekly')}
          />
        </section>
        <ExceptionsEditor
          key={`exceptions ${generation}`}
          exceptions={draft.exceptions}
          onChange={(exceptions) => change({ exceptions })}
          errors={errors}
          today={today}
        />
      </div>
      <div className="grid gap-3 border-t px-4 py-3 sm:px-6">
        {theirs !== null && base !== null && (
          <StaleHoursPanel
            {...{ base, theirs, draft }}
            onKeepMine={() => {
              const mine = rebased(base, theirs, draft);
              begin(theirs, mine);
              void save(theirs, mine);
            }}
            onTakeTheirs={() => begin(theirs, draftOf(theirs))}
          />
        )}
        <FormError
          messages={
            isGone
              ? ['Someone deleted these hours while you were editing. Saving adds them anew.', ...messages]
              : messages
          }
        />
        <div className="flex flex-wrap items-center justify-end gap-2">
          {count > 0 && isDirty && (
            <span className="mr-auto text-ink-2">Moves {plural(count, 'number')}</span>
          )}
          <Button variant="outline" onClick={onCancel}>
            Cancel
          </Button>
          <Button isBusy={isSaving} aria-disabled={theirs !== null} title={`${modKey}+S`} onClick={submit}>
            {base === null ? 'Add business hours' : isGone ? 'Add anew' : 'Save'}
          </Button>
        </div>
      </div>
    </div>
  );
};
