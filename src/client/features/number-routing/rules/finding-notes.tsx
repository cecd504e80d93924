import { TriangleAlertIcon } from 'lucide-react';
import { useFormContext } from 'react-hook-form';
import type { Finding } from '#contract/numbers/finding.ts';
import { zoneOfCountry } from '#routing/number-zone.ts';
import { Button } from '#client/components/ui/button.tsx';
import { editBusinessHours } from '#client/features/business-hours/questions.ts';
import { usePhoneNumberForm } from '#client/features/number-fields/form-context.ts';
import type { PhoneNumberValues } from '#client/features/number-fields/phone-number-values.ts';
import { classes } from '#client/lib/classes.ts';
import { useRoutingEditor } from './editor-context.ts';
import { repairsOf, type Repair } from './repairs.ts';

/** What will surprise a caller, at the place it comes from, and the way out. */
export const FindingNotes = ({ at, className }: { at: (pointer: string) => boolean; className?: string }) => {
  const { findings } = useRoutingEditor();
  const here = findings.filter(({ pointer }) => at(pointer));
  if (here.length === 0) return null;
  return (
    <ul className={classes('grid gap-1', className)}>
      {here.map((finding) => (
        <Note key={finding.pointer + finding.message} {...finding} />
      ))}
    </ul>
  );
};

/** Buttons that lead to where the finding is put right. */
const Repairs = ({ finding }: { finding: Finding }) => {
  const { record, show } = usePhoneNumberForm();
  const { getValues, setValue } = useFormContext<PhoneNumberValues>();
  const repairs = repairsOf(finding, getValues('routing'), zoneOfCountry(record?.country ?? null));
  const repair = (chosen: Repair) => {
    if (chosen.kind === 'show') return show(chosen.pointer);
    const { business_hours_id: id } = getValues('routing');
    if (chosen.kind === 'edit_hours') return void editBusinessHours({ businessHoursId: id });
    void editBusinessHours({
      businessHoursId: null,
      timeZone: chosen.timeZone,
      onSaved: (saved) => setValue('routing.business_hours_id', saved, { shouldDirty: true }),
    });
  };
  return (
    <span className="mt-1 flex flex-wrap gap-1.5">
      {repairs.map((each) => (
        <Button key={each.name} variant="outline" size="sm" onClick={() => repair(each)}>
          {each.name}
        </Button>
      ))}
    </span>
  );
};

const Note = (finding: Finding) => {
  const { severity, message, fix } = finding;
  const { mayEdit } = useRoutingEditor();
  return (
    <li
      className={classes(
        'flex gap-1.5 text-xs wrap-anywhere',
        severity === 'error' ? 'text-harm' : 'text-warn',
      )}
    >
      <TriangleAlertIcon aria-hidden="true" className="mt-px size-3.5 shrink-0" />
      <div>
        <span className="sr-only">{severity === 'error' ? 'Error: ' : 'Warning: '}</span>
        {message} {mayEdit ? <Repairs finding={finding} /> : <span className="text-ink-2">{fix}</span>}
      </div>
    </li>
  );
};
