import { instantIn } from '#client/components/date/moment-words.ts';
import type { Direction, Question } from './use-answer.ts';

/** What the question line's fields hold. */
export interface QuestionFields {
  direction: Direction;
  /** As it was typed. */
  caller: string;
  /** Of a call in: the caller gives no number. */
  isWithheld: boolean;
  /** An instant; empty is now. */
  moment: string;
}

export const noQuestion: QuestionFields = { direction: 'inbound', caller: '', isWithheld: false, moment: '' };

const WITHHELD = 'withheld';

/** A question as the address has it; the number comes last, for it may hold anything. */
export const writeAsked = ({ direction, caller, isWithheld, moment }: QuestionFields): string =>
  isWithheld && direction === 'inbound'
    ? `ask~${WITHHELD}~${moment}~`
    : `ask~${direction}~${moment}~${caller.trim()}`;

/** Null where the address asks nothing, or nothing that can be read. */
export const readAsked = (text: string | null): QuestionFields | null => {
  const [, who, moment = '', caller = ''] =
    /^ask~(inbound|outbound|withheld)~([^~]*)~(.*)$/s.exec(text ?? '') ?? [];
  if (who === undefined || (moment !== '' && instantIn(moment) === null)) return null;
  const isWithheld = who === WITHHELD;
  return { direction: who === 'outbound' ? 'outbound' : 'inbound', caller, isWithheld, moment };
};

/** What is asked of the server. */
export const questionOf = ({ direction, caller, isWithheld, moment }: QuestionFields): Question => ({
  direction,
  party: (isWithheld && direction === 'inbound') || caller.trim() === '' ? null : caller.trim(),
  at: moment === '' ? null : moment,
});
