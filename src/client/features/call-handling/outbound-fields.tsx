import type { CallHandling } from '#contract/numbers/call-handling.ts';
import { changedClass } from '#client/components/form/form-sheet-field.tsx';
import { Input } from '#client/components/ui/input.tsx';
import { ChoiceSelect } from '#client/features/number-routing/rules/select.tsx';
import { PreferenceField, ReadOnly } from './preference-field.tsx';

type Detection = NonNullable<CallHandling['voicemail_detection']>;

const detectionNames = { '': 'Default (off)', off: 'Off', on: 'On' };
const actionNames: Record<Detection['action'], string> = {
  hangup: 'Hang up',
  leave_message: 'Leave a message',
  continue: 'Go on talking',
};

/** Off keeps the action, so that on again is as it was. */
const detectionOf = (chosen: keyof typeof detectionNames, before: Detection | null): Detection | null =>
  chosen === '' ? null : { action: before?.action ?? 'hangup', enabled: chosen === 'on' };

const VoicemailDetection = () => (
  <PreferenceField name="voicemail_detection" standard="off" hint="What happens when a machine answers.">
    {({ control, value, onChange, mayEdit }) => (
      <div className="flex min-w-0 flex-wrap gap-2">
        <ChoiceSelect
          {...control}
          value={value === null ? '' : value.enabled ? 'on' : 'off'}
          names={detectionNames}
          mayEdit={mayEdit}
          className="w-36!"
          onChange={(chosen) => onChange(detectionOf(chosen, value))}
        />
        {value?.enabled && (
          <ChoiceSelect
            aria-label="When a machine answers"
            value={value.action}
            names={actionNames}
            mayEdit={mayEdit}
            className="min-w-40 flex-1"
            onChange={(action) => onChange({ ...value, action })}
          />
        )}
      </div>
    )}
  </PreferenceField>
);

/** What holds for calls that the number makes. */
export const OutboundFields = () => (
  <>
    <PreferenceField name="caller_id_name" standard="no name" hint="Shown to those who are called.">
      {({ control, value, onChange, onBlur, mayEdit }) =>
        mayEdit ? (
          <Input
            {...control}
            value={value ?? ''}
            autoComplete="off"
            dir="auto"
            className={changedClass}
            onChange={({ target }) => onChange(target.value === '' ? null : target.value)}
            onBlur={onBlur}
          />
        ) : (
          <ReadOnly>{value === null ? undefined : <bdi>{value}</bdi>}</ReadOnly>
        )
      }
    </PreferenceField>
    <VoicemailDetection />
  </>
);
