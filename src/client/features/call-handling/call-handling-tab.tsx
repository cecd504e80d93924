import { FormSheetSection } from '#client/components/form/form-sheet-field.tsx';
import { BlockedCallers } from './blocked-callers.tsx';
import { CountriesField } from './country-fields.tsx';
import { EnforcementBadge, enforcementWords } from './enforcement-badge.tsx';
import { LimitFields } from './limit-fields.tsx';
import { OutboundFields } from './outbound-fields.tsx';
import { OutboundWindow } from './outbound-window.tsx';
import { RecordingFields } from './recording-fields.tsx';

/** How calls are handled: every preference, what holds without it, and, once a section, who sees to it. */
export const CallHandlingTab = () => (
  <div className="grid grid-cols-1 gap-7">
    <dl className="grid gap-0.5 text-xs text-ink-2">
      {Object.values(enforcementWords).map(({ name, meaning }) => (
        <div key={name} className="flex gap-1.5">
          <dt className="shrink-0 font-medium text-ink">{name}</dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
    <FormSheetSection title="Limits" note={<EnforcementBadge of="max_duration_seconds" />}>
      <LimitFields />
    </FormSheetSection>
    <FormSheetSection title="Recording" note={<EnforcementBadge of="recording" />}>
      <RecordingFields />
    </FormSheetSection>
    <FormSheetSection title="Inbound calls" note={<EnforcementBadge of="inbound_countries" />}>
      <CountriesField
        name="inbound_countries"
        label="the countries that may call"
        hint="Others are declined, withheld numbers too."
      />
    </FormSheetSection>
    <BlockedCallers />
    <FormSheetSection title="Outbound calls" note={<EnforcementBadge of="caller_id_name" />}>
      <OutboundFields />
    </FormSheetSection>
    <FormSheetSection title="Outbound countries" note={<EnforcementBadge of="outbound_countries" />}>
      <CountriesField
        name="outbound_countries"
        label="the countries that may be called"
        hint="Calls elsewhere are not made."
      />
    </FormSheetSection>
    <OutboundWindow />
  </div>
);
