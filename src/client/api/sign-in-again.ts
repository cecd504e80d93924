import { createQuestion } from '#client/lib/question.ts';

/*
 * A session that ends while somebody works is met here and nowhere else: whatever was refused for it waits
 * for one sign-in over the page, and is then sent again.
 */

const { ask, useQuestion } = createQuestion<'sign-in'>();

/** The wish to see somebody sign in again, for sign-in-again-dialog.tsx. */
export const useSignInQuestion = useQuestion;

let isSomebodyHere = false;
let asking: Promise<boolean> | undefined;

/** Somebody is signed in and at work from now on. Returns how to say that nobody is. */
export const workBegins = (): (() => void) => {
  isSomebodyHere = true;
  return () => void (isSomebodyHere = false);
};

/** True once whoever was at work has signed in again; false where nobody was. */
export const signedInAgain = async (): Promise<boolean> => {
  if (!isSomebodyHere) return false;
  asking ??= ask('sign-in').finally(() => (asking = undefined));
  return asking;
};
