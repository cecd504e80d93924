import { FormSheetSection } from '#client/components/form-sheet-field.tsx';
import { HandOver } from './routing/hand-over.tsx';
import { AgentField, LabelsField, MetadataField, TextField } from './form-fields.tsx';

/** The fields every number has, whatever its provider. */
export const GeneralFields = () => (
  <>
    <FormSheetSection title="Agents">
      <AgentField direction="inbound" />
      <HandOver />
      <AgentField direction="outbound" />
    </FormSheetSection>
    <FormSheetSection title="Identity">
      <TextField name="friendly_name" hint="The name people know the number by." />
      <LabelsField />
      <TextField name="notes" isTall hint="Whatever the next operator should know." />
      <MetadataField />
    </FormSheetSection>
  </>
);
