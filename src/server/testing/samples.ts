/** What a number of each provider holds beside itself, for every test that adds one. */
export const trunk = {
  provider: 'sip',
  sip_termination_uri: 'sip.carrier.example:5060',
  sip_trunk_username: 'acme',
  sip_trunk_password: 'first-secret',
} as const;

export const twilioAccount = {
  provider: 'twilio',
  twilio_account_sid: `AC${'0'.repeat(32)}`,
  twilio_auth_token: 'a'.repeat(32),
} as const;
