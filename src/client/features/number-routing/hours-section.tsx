import { useEffect } from 'react';
import { useController } from 'react-hook-form';
import { WeekView } from '#client/components/week/week-view.tsx';
import { FormSheetField } from '#client/components/form/form-sheet-field.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { controlClass } from '#client/components/ui/input.tsx';
import { editBusinessHours } from '#client/features/business-hours/questions.ts';
import { ComingExceptions } from '#client/features/business-hours/coming-exceptions.tsx';
import { useBusinessHours } from '#client/features/business-hours/queries.ts';
import { useIsChanged, usePlace } from '#client/features/number-fields/form-context.ts';
import { useNumberZone } from '#client/features/number-fields/use-number-zone.ts';
import type { PhoneNumberValues } from '#client/features/number-fields/phone-number-values.ts';
import { changedClass } from '#client/components/form/form-sheet-field.tsx';
import { classes } from '#client/lib/classes.ts';
import { plural } from '#client/lib/words/format.ts';
import { useRoutingEditor } from '#client/features/number-routing/rules/editor-context.ts';
import { FindingNotes } from '#client/features/number-routing/rules/finding-notes.tsx';

const pointer = '/routing/business_hours_id';

/**
 * The hours that the rules go by: chosen here, edited in their own place, because other numbers go by them
 * too.
 */
export const HoursSection = () => {
  const place = usePlace();
  const { field } = useController<PhoneNumberValues, 'routing.business_hours_id'>({
    name: 'routing.business_hours_id',
  });
  const { mayEdit, messages } = useRoutingEditor();
  const zone = useNumberZone();
  const isChanged = useIsChanged('routing.business_hours_id', field.value);
  const { data: all, isError, isFetching, refetch } = useBusinessHours();
  const chosen = all?.find(({ business_hours_id: id }) => id === field.value);
  const isSought = field.value !== null && all !== undefined && chosen === undefined;
  // They may be newer than the list: it is read once more before they are called missing.
  const soughtId = isSought ? field.value : null;
  useEffect(() => {
    if (soughtId !== null) void refetch();
  }, [soughtId, refetch]);
  const isUnknown = isSought && !isFetching;
  const error =
    messages.get(pointer) ?? (isUnknown ? 'These hours do not exist any more. Choose others.' : undefined);
  return (
    <section className="grid grid-cols-1 gap-2">
      <div className="mb-0.5 flex flex-wrap items-baseline gap-x-2">
        <h3 className="text-sm font-semibold">Business hours</h3>
        {chosen && <span className="text-ink-2">{chosen.time_zone}</span>}
        {chosen && (
          <span className="ml-auto text-ink-3">
            used by {plural(chosen.phone_number_count, 'number')}
            {isChanged && ', and by this one when you save'}
          </span>
        )}
      </div>
      <FormSheetField
        label="Hours"
        hint={
          field.value === null
            ? 'Without hours, the number counts as always open.'
            : isError
              ? 'The hours could not be read.'
              : undefined
        }
        error={error}
        isChanged={isChanged}
        isText={!mayEdit}
        isTall
      >
        {(control) =>
          mayEdit ? (
            <div className="flex min-w-0 flex-wrap gap-2">
              <select
                {...control}
                {...place(pointer)}
                value={field.value ?? ''}
                className={classes(controlClass, 'h-8.5 min-w-40 flex-1 px-2', changedClass)}
                onBlur={field.onBlur}
                onChange={({ target }) => field.onChange(target.value === '' ? null : target.value)}
              >
                <option value="">None (always open)</option>
                {all?.map(({ business_hours_id: id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
                {field.value !== null && chosen === undefined && (
                  <option value={field.value}>{isUnknown ? 'Missing hours' : 'Reading the hours'}</option>
                )}
              </select>
              {chosen && (
                <Button
                  variant="outline"
                  onClick={() => void editBusinessHours({ businessHoursId: chosen.business_hours_id })}
                >
                  Edit
                </Button>
              )}
              <Button
                variant="outline"
                onClick={() =>
                  void editBusinessHours({
                    businessHoursId: null,
                    timeZone: zone ?? undefined,
                    onSaved: field.onChange,
                  })
                }
              >
                New hours
              </Button>
            </div>
          ) : (
            <bdi className="py-1.75">
              {chosen?.name ?? (isUnknown ? 'Missing hours' : 'None (always open)')}
            </bdi>
          )
        }
      </FormSheetField>
      <FindingNotes at={(place) => place === pointer} />
      {chosen && <WeekView hours={chosen} />}
      {chosen && <ComingExceptions hours={chosen} />}
    </section>
  );
};
