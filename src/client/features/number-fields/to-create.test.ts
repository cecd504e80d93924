import { expect, test } from 'vitest';
import { phoneNumberCreateSchema } from '#contract/numbers/phone-numbers.ts';
import { emptyValues } from './phone-number-values.ts';
import { switchProvider, toCreate, type AddValues } from './to-create.ts';

const values = (changes: Partial<AddValues> = {}): AddValues => ({
  ...emptyValues,
  phone_number: '+880 1711-204418',
  ...changes,
});

test('only what was filled in is sent, and only for the chosen provider', () => {
  const filled = values({
    friendly_name: 'Dhaka',
    sip_trunk_password: 's3cret',
    twilio_auth_token: 'f'.repeat(32),
    labels: ['bd'],
  });
  expect(toCreate('sip', filled)).toEqual({
    provider: 'sip',
    phone_number: '+880 1711-204418',
    friendly_name: 'Dhaka',
    sip_trunk_password: 's3cret',
    sip_infra_region: 'global',
    labels: ['bd'],
  });
  expect(toCreate('pia', filled)).toEqual({
    provider: 'pia',
    phone_number: '+880 1711-204418',
    friendly_name: 'Dhaka',
    labels: ['bd'],
  });
});

test('what is required and missing is named by the contract', () => {
  const { error } = phoneNumberCreateSchema.safeParse(toCreate('twilio', values()));
  expect(error?.issues.map(({ path, message }) => [path[0], message])).toEqual([
    ['twilio_account_sid', 'Nothing is written: an account SID is AC followed by 32 hexadecimal digits.'],
    ['twilio_auth_token', 'Nothing is written: an auth token is 32 hexadecimal digits.'],
  ]);
});

test('another provider forgets the secret of the one before and keeps the rest', () => {
  const switched = switchProvider(
    values({ friendly_name: 'Dhaka', sip_trunk_password: 's3cret', sip_termination_uri: 'a.example' }),
    'sip',
  );
  expect(switched).toMatchObject({
    friendly_name: 'Dhaka',
    sip_trunk_password: '',
    sip_termination_uri: 'a.example',
    phone_number: '+880 1711-204418',
  });
});
