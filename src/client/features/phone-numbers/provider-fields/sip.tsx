import { fields } from '#contract/fields.ts';
import { FormSheetField, FormSheetSection } from '#client/components/form-sheet-field.tsx';
import { CredentialField } from '#client/features/phone-numbers/credential-field.tsx';
import { usePhoneNumberForm } from '#client/features/phone-numbers/form-context.ts';
import { TextField } from '#client/features/phone-numbers/form-fields.tsx';
import { RegionField } from '#client/features/phone-numbers/region-field.tsx';
import { tidyAddress } from '#client/features/phone-numbers/tidy-address.ts';
import { CallerFormatField } from './caller-format-field.tsx';

/** A number behind the customer's own SIP trunk. */
export const SipFields = () => {
  const { record } = usePhoneNumberForm();
  return (
    <FormSheetSection title="SIP trunk">
      <TextField
        name="sip_termination_uri"
        isMono
        placeholder="sip.carrier.example:5060"
        hint="Calls to this number are sent here. Host, host:port, or a sip: address."
        tidy={tidyAddress}
      />
      <TextField name="sip_trunk_username" label="Username" isMono />
      <CredentialField name="sip_trunk_password" label="Password" noun="password" canClear />
      <CallerFormatField />
      {record === null ? (
        <RegionField />
      ) : (
        <FormSheetField label="Region" isText>
          {() => (
            <div>
              {record.provider === 'sip' && fields.sip_infra_region.choices[record.sip_infra_region]}{' '}
              <span className="text-ink-3">· fixed when the number was added</span>
            </div>
          )}
        </FormSheetField>
      )}
    </FormSheetSection>
  );
};
