import type { Reason } from '#server/features/bulk/rows/kind.ts';
import type { AtHand, NumberAtHand } from './take-up.ts';

/** A change here that the platform has yet to get: it is settled first. */
const waiting: ReadonlySet<string> = new Set(['pending', 'retrying', 'refused', 'conflict']);

/** The link that a number has in the role of the account. */
export const linkOf = ({ stored }: Pick<NumberAtHand, 'stored'>, role: string) =>
  stored?.links?.find((link) => link.role === role);

export const isWaiting = (number: NumberAtHand, role: string): boolean =>
  waiting.has(linkOf(number, role)?.state ?? '');

/** Why a number belongs to something else here; null where it does not. */
export const whyElsewhere = (
  number: NumberAtHand,
  { connection_id: connectionId }: Pick<AtHand, 'connection_id'>,
  role: string,
): Reason | null => {
  const { stored, linked } = number;
  if (linked !== undefined && linked.phone_number_id !== stored?.id)
    return {
      code: 'record_linked',
      message: `Its record there is linked to ${linked.phone_number} here. Unlink that number first.`,
    };
  const link = linkOf(number, role);
  if (link === undefined || linked !== undefined) return null;
  return link.connection_id === connectionId
    ? {
        code: 'already_linked',
        message: 'It is linked here to another record of this account. Unlink it first.',
      }
    : { code: 'already_linked', message: 'It is linked here to another connection. Unlink it first.' };
};

/** Why it is another kind of number here; null where it is not. */
export const whyOther = ({ stored, theirs }: NumberAtHand): Reason | null =>
  stored === undefined || stored.provider === theirs.provider
    ? null
    : {
        code: 'provider_differs',
        message: `It is a number of the provider ${theirs.provider} there, and of ${stored.provider} here. Delete it here to have it as it is there.`,
      };
