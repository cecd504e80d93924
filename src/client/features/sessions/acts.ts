import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Me, MeAsOperator, MePatch, PasswordChange, SetUp, SignIn } from '#contract/sessions.ts';
import { toApiError } from '#client/api/api-error.ts';
import { call } from '#client/api/call.ts';
import { connectNow } from '#client/api/change-stream.ts';
import { CHANGING_SESSION } from '#client/api/query-client.ts';
import { useChoice } from '#client/api/use-choice.ts';
import type { Operator } from '#client/api/sign-in-again.ts';
import { meQuery } from './queries.ts';

export const useSetUpState = () =>
  useQuery({
    queryKey: ['set-up'],
    queryFn: ({ signal }) => call('GET /v1/set-up', { signal }),
    staleTime: 0,
  });

// A mutation is remembered with what it sent: one that sends a password is forgotten as soon as it is done.
const FORGET = { gcTime: 0 };

/** Nothing that one operator has seen is left for the next. */
const useBecome = () => {
  const client = useQueryClient();
  return (me: MeAsOperator) => {
    client.removeQueries();
    client.setQueryData(meQuery.queryKey, me);
  };
};

export const useSignIn = () => {
  const become = useBecome();
  return useMutation({
    ...FORGET,
    mutationFn: (body: SignIn) => call('POST /v1/sign-in', { body }),
    onSuccess: (me) => (me.kind === 'operator' ? become(me) : undefined),
  });
};

/** Whoever was at work goes on with it; anybody else begins with an empty page. */
export const useSignInAgain = ({ operator_id, email }: Operator, onDone: () => void) => {
  const client = useQueryClient();
  return useMutation({
    ...FORGET,
    mutationFn: (password: string) => call('POST /v1/sign-in', { body: { email, password } }),
    onSuccess: (me) => {
      if (me.kind !== 'operator' || me.operator_id !== operator_id) return location.reload();
      client.setQueryData(meQuery.queryKey, me);
      onDone();
      connectNow();
    },
  });
};

export const useSetUp = () => {
  const become = useBecome();
  return useMutation({
    ...FORGET,
    mutationFn: (body: SetUp) => call('POST /v1/set-up', { body }),
    onSuccess: (me) => (me.kind === 'operator' ? become(me) : undefined),
  });
};

const leaveForGood = () => location.assign('/sign-in');

/** Afterwards the page is loaded anew, so that no script still holds what the operator saw. */
export const useSignOut = () =>
  useMutation({
    mutationFn: () => call('POST /v1/sign-out', { mayBeSignedOut: true }),
    onSuccess: leaveForGood,
    onError: (thrown) => (toApiError(thrown).code === 'unauthenticated' ? leaveForGood() : undefined),
  });

/** Makes the sign-in fresh: for ten minutes, whatever needs that is allowed. */
export const useConfirmPassword = (onDone: () => void) => {
  const client = useQueryClient();
  return useMutation({
    ...FORGET,
    mutationFn: (password: string) => call('POST /v1/me/confirm-password', { body: { password } }),
    onSuccess: ({ fresh_until }) => {
      client.setQueryData(meQuery.queryKey, (me) => (me?.kind === 'operator' ? { ...me, fresh_until } : me));
      onDone();
    },
  });
};

/** Chooses how the list of numbers looks: at once, and wherever this operator signs in. */
export const useUpdateMe = () => {
  const client = useQueryClient();
  return useChoice<MePatch, Me>({
    name: 'me',
    queryKey: meQuery.queryKey,
    label: 'Your choice for the list',
    read: () => client.getQueryData(meQuery.queryKey),
    show: (me) => client.setQueryData(meQuery.queryKey, me),
    send: (body) => call('PATCH /v1/me', { body }),
  });
};

export const useChangePassword = () => {
  const client = useQueryClient();
  return useMutation({
    ...FORGET,
    mutationKey: CHANGING_SESSION,
    mutationFn: (body: PasswordChange) => call('POST /v1/me/password', { body }),
    // Whatever was refused meanwhile, too.
    onSuccess: () => client.invalidateQueries(),
  });
};

export const useSessions = () =>
  useQuery({
    queryKey: ['sessions'],
    queryFn: async ({ signal }) => (await call('GET /v1/me/sessions', { signal })).sessions,
  });

export const useEndSession = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (session_id: string) =>
      call('DELETE /v1/me/sessions/{session_id}', { params: { session_id } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['sessions'] }),
  });
};
