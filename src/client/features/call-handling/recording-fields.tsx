import type { CallHandling } from '#contract/numbers/call-handling.ts';
import { ChoiceSelect } from '#client/features/number-routing/rules/select.tsx';
import { PreferenceField } from './preference-field.tsx';

type Recording = NonNullable<CallHandling['recording']>;

// Empty stands for the platform's default.
const recordingNames: Record<Recording | '', string> = {
  '': 'Default (off)',
  off: 'Off',
  inbound: 'Inbound calls',
  outbound: 'Outbound calls',
  both: 'All calls',
};
const announceNames = { '': 'Default (announce)', true: 'Announce it', false: 'Do not announce it' };
const announceValues = { '': null, true: true, false: false } as const;

/** What is recorded, and whether it is said. */
export const RecordingFields = () => (
  <>
    <PreferenceField name="recording" standard="off" hint="Which calls are recorded.">
      {({ control, value, onChange, mayEdit }) => (
        <ChoiceSelect
          {...control}
          value={value ?? ''}
          names={recordingNames}
          mayEdit={mayEdit}
          onChange={(chosen) => onChange(chosen === '' ? null : chosen)}
        />
      )}
    </PreferenceField>
    <PreferenceField name="announce_recording" standard="announce" hint="Whether the caller is told.">
      {({ control, value, onChange, mayEdit }) => (
        <ChoiceSelect
          {...control}
          value={value === null ? '' : value ? 'true' : 'false'}
          names={announceNames}
          mayEdit={mayEdit}
          onChange={(chosen) => onChange(announceValues[chosen])}
        />
      )}
    </PreferenceField>
  </>
);
