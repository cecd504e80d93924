import type { TemporaryReassignment } from '#contract/numbers/routing.ts';
import { MomentInput } from '#client/components/date/moment-input.tsx';
import { FormSheetField } from '#client/components/form/form-sheet-field.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { ChoiceSelect } from '#client/features/number-routing/rules/select.tsx';
import { quickSpans } from './quick-spans.ts';

const directionNames: Record<TemporaryReassignment['direction'], string> = {
  inbound: 'Inbound calls',
  outbound: 'Outbound calls',
  both: 'All calls',
};

export type StandInSpanValue = Pick<TemporaryReassignment, 'direction' | 'starts_at' | 'ends_at'>;
type Part = keyof StandInSpanValue;

interface Props {
  value: StandInSpanValue;
  now: number;
  /** By whose clock moments are written. */
  zone: string;
  /** Where a part stands in the form around it, if it has such places. */
  placeOf?: (part: Part) => object;
  messageOf?: (part: Part) => string | undefined;
  onChange: (changes: Partial<StandInSpanValue>) => void;
}

/** For what somebody stands in, and from when to when. */
export const StandInSpan = ({
  value,
  now,
  zone,
  placeOf = () => ({}),
  messageOf = () => undefined,
  onChange,
}: Props) => {
  const moment = (part: 'starts_at' | 'ends_at', label: string) => (
    <FormSheetField label={label} isTall>
      {(control) => (
        <MomentInput
          {...control}
          {...placeOf(part)}
          zone={zone}
          value={value[part]}
          error={messageOf(part)}
          onChange={(at) => onChange({ [part]: at })}
        />
      )}
    </FormSheetField>
  );
  return (
    <>
      <FormSheetField label="Stands in for" error={messageOf('direction')}>
        {(control) => (
          <ChoiceSelect
            {...control}
            {...placeOf('direction')}
            value={value.direction}
            names={directionNames}
            mayEdit
            onChange={(direction) => onChange({ direction })}
          />
        )}
      </FormSheetField>
      {moment('starts_at', 'From')}
      {moment('ends_at', 'Until')}
      <div className="flex flex-wrap gap-1.5 sm:pl-41">
        {quickSpans(now, zone).map(({ name, from, to }) => (
          <Button
            key={name}
            variant="outline"
            size="sm"
            onClick={() =>
              onChange({ starts_at: new Date(from).toISOString(), ends_at: new Date(to).toISOString() })
            }
          >
            {name}
          </Button>
        ))}
      </div>
    </>
  );
};
