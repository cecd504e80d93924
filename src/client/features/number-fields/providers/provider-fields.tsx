import type { ComponentType } from 'react';
import type { Provider } from '#contract/numbers/choices.ts';
import { PiaFields } from './pia.tsx';
import { SipFields } from './sip.tsx';
import { TwilioFields } from './twilio.tsx';

/** The provider's own fields. A provider without an entry does not compile. */
export const providerFields: Record<Provider, ComponentType> = {
  sip: SipFields,
  twilio: TwilioFields,
  pia: PiaFields,
};
