import type { Hours } from '#contract/business-hours.ts';
import type { Destination } from '#contract/numbers/destination.ts';
import type { RoutedNumber } from '#contract/numbers/routing.ts';
import { decide, type Decision, type Telling } from '#routing/decide.ts';
import type { Party } from '#routing/match.ts';
import { caller, instant } from './numbers.ts';

const destinationText = (destination: Destination): string => {
  switch (destination.type) {
    case 'agent':
      return destination.agent_id;
    case 'forward':
      return `${destination.to} for ${destination.ring_timeout_seconds} s`;
    case 'message':
      return `“${destination.text}”`;
    case 'voicemail':
      return destination.greeting === null ? 'voicemail' : `voicemail “${destination.greeting}”`;
    case 'reject':
      return destination.reason;
    case 'split':
      return 'split';
  }
};

/** `closed by Christmas`; empty without hours. */
const stateText = ({ hours }: Decision): string =>
  hours === null
    ? ''
    : `, ${hours.isOpen ? 'open' : 'closed'}${hours.exception === null ? '' : ` by ${hours.exception.name}`}`;

export interface Question {
  number: RoutedNumber;
  hours?: Hours | null;
  /** Local in `zone`, or an instant. */
  at?: string;
  zone?: string;
  party?: Party;
  direction?: 'inbound' | 'outbound';
  telling?: Partial<Telling>;
}

export const ask = ({
  number,
  hours = null,
  at = '2026-11-24T12:00:00Z',
  zone,
  party = caller('+14155550123', 'US'),
  direction = 'inbound',
  telling,
}: Question): Decision =>
  decide(number, hours, { direction, party, at: instant(zone ?? hours?.time_zone ?? 'UTC', at) }, telling);

/**
 * The answer in one line, as the written cases give it: `night by night, closed by Christmas`. The rule, or
 * what else decided.
 */
export const answerTo = (question: Question): string => {
  const decision = ask(question);
  return `${destinationText(decision.destination)} by ${decision.rule?.id ?? decision.decidedBy}${stateText(decision)}`;
};
