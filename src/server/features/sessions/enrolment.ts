import { isUniqueViolation, type Transaction } from '#server/platform/db/database.ts';
import { fieldProblem } from '#server/problem.ts';
import { newId } from '#server/lib/ids.ts';
import { hashPassword } from '#server/features/sessions/accounts/passwords.ts';
import { deleteSetUpLink, lockOperators } from './set-up-store.ts';
import {
  insertOperator,
  updatePassword,
  type OperatorRow,
} from '#server/features/sessions/accounts/store.ts';

/**
 * Making operators able to sign in, for the operators service. In two steps, because hashing takes long and
 * no transaction waits for it: prepare, then use what was prepared inside the transaction.
 */
export const enrolment = {
  lockOperators,

  async prepareEnrolment(operator: Omit<OperatorRow, 'id'>, password: string) {
    const passwordHash = await hashPassword(password);
    return async (tx: Transaction): Promise<string> => {
      const id = newId();
      await lockOperators(tx);
      try {
        await insertOperator(tx, { ...operator, id }, passwordHash);
      } catch (error) {
        if (!isUniqueViolation(error, 'operator_email')) throw error;
        throw fieldProblem([
          { pointer: '/email', code: 'email_taken', message: 'An operator has this e-mail already.' },
        ]);
      }
      if (operator.role === 'admin') await deleteSetUpLink(tx);
      return id;
    };
  },

  async preparePassword(password: string) {
    const passwordHash = await hashPassword(password);
    return (tx: Transaction, operatorId: string): Promise<void> =>
      updatePassword(tx, operatorId, passwordHash);
  },
};
