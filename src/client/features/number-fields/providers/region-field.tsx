import { useController } from 'react-hook-form';
import { fields } from '#contract/numbers/fields.ts';
import { FormSheetField } from '#client/components/form/form-sheet-field.tsx';
import { controlClass } from '#client/components/ui/input.tsx';
import { classes } from '#client/lib/classes.ts';
import { fieldLabels, type PhoneNumberValues } from '#client/features/number-fields/phone-number-values.ts';

/** Where the trunk is carried; chosen once, when the number is added. */
export const RegionField = () => {
  const { field, fieldState } = useController<PhoneNumberValues, 'sip_infra_region'>({
    name: 'sip_infra_region',
  });
  return (
    <FormSheetField
      label={fieldLabels.sip_infra_region}
      error={fieldState.error?.message}
      hint="The infrastructure that carries the trunk. It cannot be changed later."
    >
      {(control) => (
        <select {...control} {...field} className={classes(controlClass, 'h-8.5 px-2')}>
          {Object.entries(fields.sip_infra_region.choices).map(([region, name]) => (
            <option key={region} value={region}>
              {name}
            </option>
          ))}
        </select>
      )}
    </FormSheetField>
  );
};
