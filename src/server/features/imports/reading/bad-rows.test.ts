import { expect, test } from 'vitest';
import { additionOf } from './judge-row.ts';
import { readTable } from './read-table.ts';

// Each name says what is wrong with its row.
const file = `phone_number,provider,friendly_name,inbound_agent,outbound_agent,sip_termination_uri,sip_trunk_username,sip_trunk_password,sip_infra_region,twilio_account_sid,twilio_auth_token,labels,notes
+14155550100,pia,Good row one,,,,,,,,,production,
,pia,No number,,,,,,,,,,
12345,pia,Too short and no country,,,,,,,,,,
+1415555267,pia,One digit short,,,,,,,,,,
+99912345678,pia,No such country,,,,,,,,,,
+14155550100,pia,The same number again,,,,,,,,,,
(415) 555-0101,pia,No country code,,,,,,,,,,
0044 20 7946 0018,pia,Good: international prefix and spaces,,,,,,,,,,
+8801711000001,gsm,Unknown provider,,,,,,,,,,
+8801711000002,sip,Region that is not one,,,trunk.example,u,p,mars,,,,
+8801711000003,sip,URI with a line break,,,"trunk.example
X-Injected: 1",u,p,bd,,,,
+8801711000004,sip,URI with a space,,,trunk one.example,u,p,bd,,,,
+8801711000005,sip,A Twilio field on a trunk,,,trunk.example,u,p,bd,AC00000000000000000000000000000000,,,
+8801711000006,pia,A trunk field on a platform number,,,trunk.example,,,,,,,
+14155550102,twilio,SID too short,,,,,,,AC123,0123456789abcdef0123456789abcdef,,
+14155550103,twilio,Token missing,,,,,,,AC0123456789abcdef0123456789abcdef,,,
+14155550104,twilio,Token not hex,,,,,,,AC0123456789abcdef0123456789abcdef,zzzz456789abcdef0123456789abcdef,,
+14155550105,pia,Agent that does not exist,Nobody we know,,,,,,,,,
+14155550106,pia,"=HYPERLINK(""http://evil.example"",""open"")",,,,,,,,,,
+14155550107,pia,${'A label that goes on '.repeat(8)},,,,,,,,,,
+14155550108,pia,Too few columns
+14155550109,pia,Good row two,,,,,,,,,"production|vip","Quoted, with a comma and a ""quote"""
+14155550110,pia,Too many columns,,,,,,,,,,,extra,more
+14155550111,pia,"Never closed,,,,,,,,,,
`;

const bytes = async function* () {
  yield Buffer.from(file);
};

test('every bad row is refused for what is wrong with it, at its line and column; the good ones stand', async () => {
  const { rows } = readTable(bytes(), { format: 'csv', defaultCountry: undefined, digits: 'refuse' });
  const judged: Record<number, unknown> = {};
  for await (const row of rows) {
    const addition = additionOf(row, () => undefined);
    judged[row.line] =
      'body' in addition
        ? addition.body.friendly_name
        : addition.errors.map(({ column, code }) => `${column ?? 'the row'}: ${code}`);
  }
  expect(judged).toEqual({
    2: 'Good row one',
    3: ['phone_number: required'],
    4: ['phone_number: country_code_missing'],
    5: ['phone_number: invalid_phone_number'],
    6: ['phone_number: invalid_phone_number'],
    7: ['phone_number: duplicate_row'],
    8: ['phone_number: country_code_missing'],
    9: 'Good: international prefix and spaces',
    10: ['provider: invalid_value'],
    11: ['sip_infra_region: invalid_value'],
    12: ['sip_termination_uri: control_characters'],
    14: ['sip_termination_uri: invalid_sip_uri'],
    15: ['twilio_account_sid: field_of_other_provider'],
    16: ['sip_termination_uri: field_of_other_provider'],
    17: ['twilio_account_sid: invalid_format'],
    18: ['twilio_auth_token: required'],
    19: ['twilio_auth_token: invalid_format'],
    20: ['inbound_agent: agent_not_found'],
    21: '=HYPERLINK("http://evil.example","open")',
    22: ['friendly_name: too_big'],
    23: ['the row: too_few_cells'],
    24: 'Good row two',
    25: ['the row: too_many_cells'],
    26: ['the row: unclosed_quote'],
  });
});
