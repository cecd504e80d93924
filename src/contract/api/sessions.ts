import { z } from 'zod';
import { bodyLimits } from '#contract/body-limits.ts';
import { endpoint } from '#contract/endpoint.ts';
import { idSchema } from '#contract/primitives.ts';
import {
  confirmPasswordSchema,
  freshUntilSchema,
  mePatchSchema,
  meSchema,
  passwordChangeSchema,
  sessionListSchema,
  setUpSchema,
  setUpStateSchema,
  signInSchema,
} from '#contract/sessions.ts';

export const sessionsApi = {
  'GET /v1/set-up': endpoint({
    summary: 'Whether the first admin is still to be made',
    tag: 'Session',
    access: 'anyone',
    status: 200,
    output: setUpStateSchema,
  }),
  'POST /v1/set-up': endpoint({
    summary: 'Make the first admin with the one-time link, and sign in',
    tag: 'Session',
    access: 'anyone',
    body: setUpSchema,
    maxBodyBytes: bodyLimits.signIn,
    status: 201,
    output: meSchema,
    errors: ['invalid_set_up_link', 'too_many_attempts'],
  }),
  'POST /v1/sign-in': endpoint({
    summary: 'Sign in',
    tag: 'Session',
    access: 'anyone',
    body: signInSchema,
    maxBodyBytes: bodyLimits.signIn,
    status: 200,
    output: meSchema,
    errors: ['invalid_credentials', 'too_many_attempts'],
  }),
  'POST /v1/sign-out': endpoint({ summary: 'Sign out', tag: 'Session', access: 'session', status: 204 }),
  'GET /v1/me': endpoint({
    summary: 'Who is asking',
    tag: 'Session',
    access: 'anyone-known',
    status: 200,
    output: meSchema,
  }),
  'PATCH /v1/me': endpoint({
    summary: 'Choose how the list of numbers looks to you; not on the record, for nobody else sees it',
    tag: 'Session',
    access: 'session',
    body: mePatchSchema,
    status: 200,
    output: meSchema,
  }),
  'POST /v1/me/confirm-password': endpoint({
    summary: 'Give the password again: for ten minutes, whatever needs a fresh sign-in is allowed',
    tag: 'Session',
    access: 'session',
    body: confirmPasswordSchema,
    maxBodyBytes: bodyLimits.signIn,
    status: 200,
    output: freshUntilSchema,
    errors: ['invalid_credentials', 'too_many_attempts'],
  }),
  'POST /v1/me/password': endpoint({
    summary: 'Change the own password; every other session ends',
    tag: 'Session',
    access: 'session',
    body: passwordChangeSchema,
    maxBodyBytes: bodyLimits.signIn,
    status: 204,
    errors: ['invalid_credentials', 'too_many_attempts'],
  }),
  'GET /v1/me/sessions': endpoint({
    summary: 'List the own sessions',
    tag: 'Session',
    access: 'session',
    status: 200,
    output: sessionListSchema,
  }),
  'DELETE /v1/me/sessions/{session_id}': endpoint({
    summary: 'End one of the own sessions',
    tag: 'Session',
    access: 'session',
    params: z.strictObject({ session_id: idSchema }),
    status: 204,
  }),
};
