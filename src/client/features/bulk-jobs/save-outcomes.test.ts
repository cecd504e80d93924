import { expect, test } from 'vitest';
import { fileNameOf, linesOf } from './save-outcomes.ts';

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
    '+14155552671,,refused,agent_retired,\r\n' +
      "+14155552671,,refused,agent_retired,'=1+1\r\n" +
      '+14155552671,,refused,agent_retired,"Say ""yes"", or\nno"\r\n',
  );
});

test('a row of an import is found in its file', () => {
  const refused = { ...row('Write more digits.'), phone_number: '', line: 5, written: '415 555' };
  expect(linesOf([refused], true)).toBe('5,415 555,,,refused,agent_retired,Write more digits.\r\n');
});

test('files are told apart by when a job was started, what it did, and which outcomes they hold', () => {
  const job = { created_at: '2026-11-27T09:18:07Z' };
  expect(fileNameOf(job, 'Add the label “vip/été”', 'refused')).toBe(
    'outcomes-2026-11-27-0918-add-the-label-vip-été-refused.csv',
  );
  expect(fileNameOf(job, 'x'.repeat(100))).toBe(`outcomes-2026-11-27-0918-${'x'.repeat(60)}.csv`);
});
