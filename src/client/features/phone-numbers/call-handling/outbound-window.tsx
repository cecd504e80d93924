import { TimeZoneField } from '#client/features/business-hours/time-zone-field.tsx';
import { ownZone } from '#client/features/business-hours/time-zones.ts';
import { WeekEditor } from '#client/components/week/week-editor.tsx';
import { WeekView } from '#client/components/week/week-view.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { useTold } from '#client/features/phone-numbers/use-told.ts';
import { pointerOf, PreferenceField, ReadOnly } from './preference-field.tsx';

const workingWeek = [{ days: [1, 2, 3, 4, 5], start: '09:00', end: '18:00' }];
const pointer = pointerOf('outbound_window');

/** What is wrong with the intervals, by their place. */
const problemsOf = (told: ReadonlyMap<string, string>) =>
  new Map(
    [...told].filter(([place]) => place.startsWith(`${pointer}/weekly/`)).map(([place, message]) => [Number(place.split('/')[4]), message] as const),
  );

/** When the number may dial out: a week of its own, in a zone of its own. */
export const OutboundWindow = () => {
  const told = useTold();
  return (
    <PreferenceField
      name="outbound_window"
      standard="any time"
      hint="Calls at other times are not made."
      error={told.get(pointer) ?? [...problemsOf(told).values()][0]}
      isTall
      isText
    >
      {({ control, value, onChange, mayEdit }) => {
        if (value === null)
          return mayEdit ? (
            <div className="flex items-center gap-2">
              <span className="text-ink-3">Any time</span>
              <Button
                id={control.id}
                data-pointer={pointer}
                variant="outline"
                size="sm"
                onClick={() => onChange({ time_zone: ownZone(), weekly: workingWeek })}
              >
                Set a window
              </Button>
            </div>
          ) : (
            <ReadOnly />
          );
        return (
          <div className="grid grid-cols-1 gap-3 sm:col-span-2" data-pointer={pointer} tabIndex={-1}>
            {mayEdit ? (
              <>
                <TimeZoneField
                  value={value.time_zone}
                  error={told.get(`${pointer}/time_zone`)}
                  onChange={(time_zone) => onChange({ ...value, time_zone })}
                />
                <WeekEditor
                  value={value.weekly}
                  problems={problemsOf(told)}
                  onChange={(weekly) => onChange({ ...value, weekly: weekly.map((interval) => ({ ...interval, days: [...interval.days] })) })}
                />
                <Button variant="outline" size="sm" className="justify-self-start" onClick={() => onChange(null)}>
                  Allow any time
                </Button>
              </>
            ) : (
              <>
                <p className="text-ink-2">{value.time_zone}</p>
                <WeekView hours={{ name: 'Outbound window', exceptions: [], ...value }} />
              </>
            )}
          </div>
        );
      }}
    </PreferenceField>
  );
};
