import { callDefaults } from '#contract/numbers/call-defaults.ts';
import { NumberInput } from '#client/features/number-routing/rules/number-input.tsx';
import { PreferenceField, ReadOnly } from './preference-field.tsx';
import { secondsWords } from './seconds-words.ts';

type SecondsName = 'max_duration_seconds' | 'ring_timeout_seconds' | 'silence_timeout_seconds';

/** A duration in seconds, said in hours and minutes as well. */
const SecondsField = ({ name, hint }: { name: SecondsName; hint: string }) => (
  <PreferenceField name={name} standard={secondsWords(callDefaults[name])} hint={hint}>
    {({ control, value, onChange, onBlur, mayEdit }) =>
      mayEdit ? (
        <div className="flex items-center gap-2.5">
          <NumberInput
            {...control}
            value={value}
            placeholder={String(callDefaults[name])}
            className="w-28!"
            onChange={onChange}
            onBlur={onBlur}
          />
          <span className="text-ink-2">
            seconds
            {value !== null && value >= 60 && secondsWords(value) !== '' && <> = {secondsWords(value)}</>}
          </span>
        </div>
      ) : (
        <ReadOnly>{value === null ? undefined : secondsWords(value)}</ReadOnly>
      )
    }
  </PreferenceField>
);

/** How long, and how many. */
export const LimitFields = () => (
  <>
    <SecondsField name="max_duration_seconds" hint="A call is ended after so long." />
    <SecondsField name="ring_timeout_seconds" hint="Then the call counts as not answered." />
    <SecondsField name="silence_timeout_seconds" hint="A call is ended after so long a silence." />
    <PreferenceField
      name="max_concurrent_calls"
      standard="no limit"
      hint="How many calls the number carries."
    >
      {({ control, value, onChange, onBlur, mayEdit }) =>
        mayEdit ? (
          <div className="flex items-center gap-2.5">
            <NumberInput
              {...control}
              value={value}
              placeholder="No limit"
              className="w-28!"
              onChange={onChange}
              onBlur={onBlur}
            />
            <span className="text-ink-2">calls</span>
          </div>
        ) : (
          <ReadOnly>{value ?? undefined}</ReadOnly>
        )
      }
    </PreferenceField>
  </>
);
