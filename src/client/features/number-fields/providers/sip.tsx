import { fields } from '#contract/numbers/fields.ts';
import { FormSheetField, FormSheetSection } from '#client/components/form/form-sheet-field.tsx';
import { CredentialField } from '#client/features/number-fields/credential-field.tsx';
import { usePhoneNumberForm } from '#client/features/number-fields/form-context.ts';
import { TextField } from '#client/features/number-fields/form-fields.tsx';
import { RegionField } from './region-field.tsx';
import { tidyAddress } from './tidy-address.ts';
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
        hint="Calls are exchanged with the carrier here. Host, host:port, or a sip: address."
        tidy={tidyAddress}
      />
      <TextField name="sip_trunk_username" label="Username" isMono />
      <CredentialField name="sip_trunk_password" label="Password" noun="password" canClear />
      <CallerFormatField />
      {record === null ? (
        <RegionField />
      ) : (
        <FormSheetField label={fields.sip_infra_region.label} isText>
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
