/* What the values of fields that have few are called. */

/** How a number reaches the platform. */
export const providerNames = { sip: 'SIP trunk', twilio: 'Twilio', pia: 'Platform' } as const;
export type Provider = keyof typeof providerNames;
export const providerList = Object.keys(providerNames) as Provider[];

/** Where the platform carries a trunk. */
export const regionLabel = 'Trunk region';
export const regionNames = { global: 'Global', bd: 'Bangladesh', bd_link3: 'Bangladesh, Link3' } as const;
