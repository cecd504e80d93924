import { providerNames, type Provider } from '#contract/numbers/choices.ts';
import { hostAndPortOf } from '#contract/reading/host-and-port.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';

type Of<P extends Provider> = Extract<PhoneNumber, { provider: P }>;

/** How a provider looks on the screen. */
interface ProviderFace<P extends Provider> {
  /** Its colour: of a mark before a text, and of one that stands by itself. */
  before: string;
  mark: string;
  /** When it is the right one, in the words of who chooses. */
  offer: string;
  /** Where a number's calls go through, in short. */
  trunkOf: (record: Of<P>) => string | null;
}

const inShort = (account: string) => `${account.slice(0, 4)}…${account.slice(-4)}`;

const faces: { [P in Provider]: ProviderFace<P> } = {
  sip: {
    before: 'before:bg-sip',
    mark: 'bg-sip',
    offer: 'You have the number with a carrier, and calls come over your own SIP trunk.',
    trunkOf: ({ sip_termination_uri: uri }) => uri && hostAndPortOf(uri),
  },
  twilio: {
    before: 'before:bg-twilio',
    mark: 'bg-twilio',
    offer: 'The number is in your own Twilio account.',
    trunkOf: ({ twilio_account_sid: account }) => account && inShort(account),
  },
  pia: {
    before: 'before:bg-pia',
    mark: 'bg-pia',
    offer: 'The platform has the number and manages its connection for you.',
    trunkOf: () => null,
  },
};

export const faceOfProvider = (provider: Provider) => ({ name: providerNames[provider], ...faces[provider] });

export const trunkOf = (record: PhoneNumber): string | null =>
  (faces[record.provider] as ProviderFace<Provider>).trunkOf(record);
