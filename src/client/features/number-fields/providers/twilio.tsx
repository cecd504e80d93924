import { FormSheetSection } from '#client/components/form/form-sheet-field.tsx';
import { CredentialField } from '#client/features/number-fields/credential-field.tsx';
import { TextField } from '#client/features/number-fields/form-fields.tsx';

/** A number of the customer's own Twilio account. */
export const TwilioFields = () => (
  <FormSheetSection title="Twilio account">
    <TextField
      name="twilio_account_sid"
      isMono
      isRequired
      placeholder="AC0123456789abcdef0123456789abcdef"
      hint="AC and 32 hexadecimal digits, from the Twilio console."
    />
    <CredentialField
      name="twilio_auth_token"
      label="Auth token"
      noun="auth token"
      hint="32 hexadecimal digits. It is sealed before it is stored."
    />
  </FormSheetSection>
);
