import { FormSheetSection } from '#client/components/form/form-sheet-field.tsx';

/** A number the platform manages: there is nothing to set. */
export const PiaFields = () => (
  <FormSheetSection title="Platform">
    <p className="text-ink-2">The platform manages this number’s connection. There is nothing to set.</p>
  </FormSheetSection>
);
