import { expect, test } from 'vitest';
import { linesOf } from './save-outcomes.ts';

const row = (message: string | null) => ({
  phone_number_id: 'n1',
  phone_number: '+14155552671',
  friendly_name: null,
  outcome: 'refused' as const,
  code: 'agent_retired',
  message,
  line: null,
  written: null,
});

test('a number keeps its plus, and no message is a formula or breaks its line', () => {
  expect(linesOf([row(null), row('=1+1'), row('Say "yes", or\nno')])).toBe(
    '+14155552671,refused,agent_retired,\r\n' +
      "+14155552671,refused,agent_retired,'=1+1\r\n" +
      '+14155552671,refused,agent_retired,"Say ""yes"", or\nno"\r\n',
  );
});
