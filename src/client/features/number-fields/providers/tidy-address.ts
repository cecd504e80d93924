import { bareSipAddress } from '#contract/reading/sip-address.ts';

/**
 * Addresses are pasted from headers and pages: brackets and headers cannot be kept, and what was taken off is
 * said.
 */
export const tidyAddress = (typed: string): { text: string; note: string | undefined } => {
  const { address, takenOff } = bareSipAddress(typed);
  return {
    text: address,
    note:
      takenOff.length === 0
        ? undefined
        : `Taken off: ${takenOff.join(' and ')}. See whether the rest is the address.`,
  };
};
