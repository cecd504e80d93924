import { hostAndPortOf } from '#contract/host-and-port.ts';
import type { PhoneNumber } from '#contract/phone-numbers.ts';
import type { Provider } from '#contract/providers.ts';

/** What the providers are called on the screen. Types only come from the contract: the first view does without zod. */
export const providerNames: Record<Provider, string> = { sip: 'SIP trunk', twilio: 'Twilio', pia: 'Platform' };

export const providerMarks: Record<Provider, string> = { sip: 'before:bg-sip', twilio: 'before:bg-twilio', pia: 'before:bg-pia' };

export type Region = Extract<PhoneNumber, { provider: 'sip' }>['sip_infra_region'];
export const regionNames: Record<Region, string> = { global: 'Global', bd: 'Bangladesh', bd_link3: 'Bangladesh, Link3' };

/** Where the number's calls go through: the trunk's host and port, or the account in short. */
export const trunkOf = (record: PhoneNumber): string | null => {
  if (record.provider === 'sip') return record.sip_termination_uri && hostAndPortOf(record.sip_termination_uri);
  if (record.provider === 'twilio' && record.twilio_account_sid !== null) {
    return `${record.twilio_account_sid.slice(0, 4)}…${record.twilio_account_sid.slice(-4)}`;
  }
  return null;
};
