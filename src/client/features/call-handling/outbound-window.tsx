import { useRef } from 'react';
import { useController } from 'react-hook-form';
import type { CallHandling } from '#contract/numbers/call-handling.ts';
import { TimeZoneField } from '#client/components/time-zone/time-zone-field.tsx';
import { ownZone } from '#client/components/time-zone/time-zones.ts';
import { WeekEditor } from '#client/components/week/week-editor.tsx';
import { WeekView } from '#client/components/week/week-view.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { useIsChanged, usePhoneNumberForm, usePlace } from '#client/features/number-fields/form-context.ts';
import type { PhoneNumberValues } from '#client/features/number-fields/phone-number-values.ts';
import { useFieldMessages } from '#client/features/number-fields/use-field-messages.ts';
import { useNumberZone } from '#client/features/number-fields/use-number-zone.ts';
import { EnforcementBadge } from './enforcement-badge.tsx';
import { pointerOf } from './preference-field.tsx';

type Window = NonNullable<CallHandling['outbound_window']>;

const name = 'call_handling.outbound_window';
const pointer = pointerOf('outbound_window');
const workingWeek = [{ days: [1, 2, 3, 4, 5], start: '09:00', end: '18:00' }];

/** What is wrong with the intervals, by their place. */
const problemsOf = (messages: ReadonlyMap<string, string>) =>
  new Map(
    [...messages]
      .filter(([place]) => place.startsWith(`${pointer}/weekly/`))
      .map(([place, message]) => [Number(place.split('/')[4]), message] as const),
  );

interface WindowEditorProps {
  value: Window;
  messages: ReadonlyMap<string, string>;
  onChange: (value: Window | null) => void;
}

const WindowEditor = ({ value, messages, onChange }: WindowEditorProps) => (
  <>
    <TimeZoneField
      value={value.time_zone}
      error={messages.get(`${pointer}/time_zone`)}
      onChange={(time_zone) => onChange({ ...value, time_zone })}
    />
    <WeekEditor
      value={value.weekly}
      problems={problemsOf(messages)}
      onChange={(weekly) =>
        onChange({ ...value, weekly: weekly.map((interval) => ({ ...interval, days: [...interval.days] })) })
      }
    />
    <Button variant="outline" size="sm" className="justify-self-start" onClick={() => onChange(null)}>
      Allow any time
    </Button>
  </>
);

/** When the number may dial out: a week of its own, in a zone of its own. */
export const OutboundWindow = () => {
  const place = usePlace();
  const { field } = useController<PhoneNumberValues, typeof name>({ name });
  const { mayEdit } = usePhoneNumberForm();
  const isChanged = useIsChanged(name, field.value);
  const messages = useFieldMessages();
  const zone = useNumberZone();
  // Taken away and set again, it is as it was.
  const before = useRef(field.value);
  const change = (value: Window | null) => {
    before.current = field.value ?? before.current;
    field.onChange(value);
  };
  const { value } = field;
  return (
    <section {...place(pointer)} tabIndex={-1} className="grid grid-cols-1 gap-2 outline-hidden">
      <div className="flex items-baseline gap-2">
        <h3 className="text-sm font-semibold">Outbound window</h3>
        <EnforcementBadge of="outbound_window" />
        {isChanged && <span className="text-cord-ink">changed</span>}
        {value !== null && !mayEdit && <span className="text-ink-2">{value.time_zone}</span>}
      </div>
      <p className="text-xs text-ink-3">Calls at other times are not made. Default: any time.</p>
      {messages.get(pointer) && (
        <p role="alert" className="text-xs text-harm">
          {messages.get(pointer)}
        </p>
      )}
      {value !== null && mayEdit && <WindowEditor value={value} messages={messages} onChange={change} />}
      {value !== null && !mayEdit && (
        <WeekView hours={{ name: 'Outbound window', exceptions: [], ...value }} />
      )}
      {value === null && (
        <div className="flex items-center gap-2">
          <span className="text-ink-3">Any time</span>
          {mayEdit && (
            <Button
              variant="outline"
              size="sm"
              onClick={() => change(before.current ?? { time_zone: zone ?? ownZone(), weekly: workingWeek })}
            >
              Set a window
            </Button>
          )}
        </div>
      )}
    </section>
  );
};
