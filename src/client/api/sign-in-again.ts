import type { MeAsOperator } from '#contract/sessions.ts';
import { createQuestion } from '#client/lib/question.ts';
import { left } from './connection.ts';
import { CHANGING_SESSION, queryClient } from './query-client.ts';

/*
 * A session that ends while somebody works is met here and nowhere else: whatever was refused for it waits
 * for one sign-in over the page, and is then sent again, as the same operator.
 */

export type Operator = Pick<MeAsOperator, 'operator_id' | 'email'>;

const { ask, useQuestion } = createQuestion<Operator>();

/** The wish to see this operator sign in again, for sign-in-again-dialog.tsx. */
export const useSignInQuestion = useQuestion;

let atWork: Operator | null = null;
let asking: Promise<boolean> | undefined;
let isBack: () => Promise<boolean> = () => Promise.resolve(false);

/** An operator is signed in and at work from now on. Returns how to say that nobody is. */
export const workBegins = (operator: Operator): (() => void) => {
  atWork = operator;
  return () => void (atWork = null);
};

/** Whether somebody is being asked to sign in again. */
export const isAskedToSignIn = (): boolean => asking !== undefined;

/** Whether whoever was at work is signed in by now, as after signing in in another tab. */
export const isSignedInElsewhere = (): Promise<boolean> => isBack();

const CHANGING_MS = 100;

const settleChange = async () => {
  while (queryClient.isMutating({ mutationKey: CHANGING_SESSION }) > 0)
    await new Promise((resolve) => setTimeout(resolve, CHANGING_MS));
};

/**
 * True once whoever was at work is signed in again; false where nobody was. `whoAmI` asks the server who is
 * signed in.
 */
export const signedInAgain = async (method: string, whoAmI: () => Promise<Response>): Promise<boolean> => {
  if (atWork === null) return false;
  const operator = atWork;
  isBack = async () => {
    const answer = await whoAmI().catch(() => null);
    const me = answer?.ok === true ? ((await answer.json()) as Partial<MeAsOperator>) : null;
    return me?.operator_id === operator.operator_id;
  };
  // A change of the password ends the old session before its answer brings the new one. It does not wait for
  // itself.
  if (method === 'GET') await settleChange();
  const begin = async () => {
    if (await isBack()) return true;
    left();
    return ask(operator);
  };
  asking ??= begin().finally(() => (asking = undefined));
  return asking;
};
