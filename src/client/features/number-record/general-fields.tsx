import { Fragment, type ReactNode } from 'react';
import type { SharedName } from '#contract/numbers/fields.ts';
import { FormSheetSection } from '#client/components/form/form-sheet-field.tsx';
import {
  AgentField,
  LabelsField,
  MetadataField,
  TextField,
} from '#client/features/number-fields/form-fields.tsx';
import { StandInField } from '#client/features/number-routing/stand-in/stand-in-field.tsx';

/**
 * Where each field that all numbers have is edited; null: in a tab of its own. A field without a place does
 * not compile.
 */
const places: Record<SharedName, { section: 'Agents' | 'Identity'; field: ReactNode } | null> = {
  inbound_agent_id: { section: 'Agents', field: <AgentField direction="inbound" /> },
  temporary_reassignment: { section: 'Agents', field: <StandInField /> },
  outbound_agent_id: { section: 'Agents', field: <AgentField direction="outbound" /> },
  friendly_name: {
    section: 'Identity',
    field: <TextField name="friendly_name" hint="The name people know the number by." />,
  },
  labels: { section: 'Identity', field: <LabelsField /> },
  notes: {
    section: 'Identity',
    field: <TextField name="notes" isTall hint="Whatever the next operator should know." />,
  },
  metadata: { section: 'Identity', field: <MetadataField /> },
  routing: null,
  call_handling: null,
};

/** The fields every number has, whatever its provider. */
export const GeneralFields = () =>
  (['Agents', 'Identity'] as const).map((section) => (
    <FormSheetSection key={section} title={section}>
      {Object.entries(places).map(
        ([name, place]) => place?.section === section && <Fragment key={name}>{place.field}</Fragment>,
      )}
    </FormSheetSection>
  ));
