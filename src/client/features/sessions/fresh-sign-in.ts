import { ApiError } from '#client/api/api-error.ts';
import { createQuestion } from '#client/lib/question.ts';

const { ask, useQuestion } = createQuestion<'password'>();

/** The wish to see the operator's password again, for confirm-password-dialog.tsx. */
export const useFreshSignInQuestion = useQuestion;

const notConfirmed = (thrown: ApiError) =>
  new ApiError({
    status: thrown.status,
    code: thrown.code,
    title: 'Not confirmed',
    detail: 'Nothing was done: it needs your password.',
  });

/**
 * Acts; where that needs a fresh sign-in, asks for the password and acts again. Throws when the operator
 * decides against it.
 */
export const withFreshSignIn = async <T>(act: () => Promise<T>): Promise<T> => {
  try {
    return await act();
  } catch (thrown) {
    if (!(thrown instanceof ApiError) || thrown.code !== 'fresh_sign_in_required') throw thrown;
    if (!(await ask('password'))) throw notConfirmed(thrown);
    return act();
  }
};
