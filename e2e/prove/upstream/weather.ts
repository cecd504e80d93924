import { randomBytes } from 'node:crypto';
import type { Fault } from '#server/testing/verbex/faults.ts';
import { editableOf } from '#server/testing/verbex/records.ts';
import { newSecret, type Account } from './account.ts';

/* What chance brings: edits, and what the platform does wrong. */

const FAULTS = 0.2;

export const pick = <Item>(items: readonly Item[]): Item => {
  const item = items[Math.floor(Math.random() * items.length)];
  if (item === undefined) throw new Error('There is nothing to choose from');
  return item;
};

const faults = (elsewhere: string): Fault[] => [
  ...(['drop', 'fail', 'answer_html'] as const).flatMap((does): Fault[] => [
    { does, when: 'before' },
    { does, when: 'after' },
  ]),
  { does: 'answer', status: 429, headers: { 'retry-after': '0' } },
  { does: 'answer', status: 429, headers: { 'retry-after': '1' } },
  { does: 'answer', status: 307, headers: { location: `${elsewhere}/v1/phone-numbers` } },
];

/** Changed fields in the words of both: here, and on the platform. */
interface Edit {
  here: Record<string, string | null>;
  there: Record<string, string | null>;
}

const valueOf = (name: string): string => {
  if (name === 'sip_trunk_password') return newSecret();
  if (name === 'sip_termination_uri') return `sip-${randomBytes(3).toString('hex')}.carrier.example`;
  if (name === 'twilio_account_sid') return `AC${randomBytes(16).toString('hex')}`;
  return randomBytes(16).toString('hex');
};

export const randomEdit = ({ agents }: Pick<Account, 'agents'>, provider: string): Edit => {
  const edit: Edit = { here: {}, there: {} };
  for (let fields = 1 + Math.floor(Math.random() * 3); fields > 0; fields--) {
    const name = pick(editableOf(provider));
    const value = valueOf(name);
    const [here, there] = name.endsWith('agent_id')
      ? pick<readonly [string | null, string | null]>([[null, null], ...agents])
      : [value, value];
    edit.here[name] = here;
    edit.there[name] = there;
  }
  return edit;
};

/** One answer of five is none, wrong, or to be asked for again. */
export const badWeather = (elsewhere: string): (() => Fault | null) => {
  const every = faults(elsewhere);
  return () => (Math.random() < FAULTS ? pick(every) : null);
};
