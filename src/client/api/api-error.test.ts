import { expect, test } from 'vitest';
import { ApiError, failedMessage, problemOf, toApiError } from './api-error.ts';

const problem = {
  type: 'about:blank',
  title: 'Some fields are not valid',
  status: 422,
  detail: 'Correct them and send again.',
  code: 'validation_failed',
  request_id: 'r1',
  errors: [{ pointer: '/friendly_name', code: 'too_long', message: 'Shorten this.' }],
};

test('a problem document becomes an error with its fields', async () => {
  const error = await problemOf(Response.json(problem, { status: 422 }));
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({
    status: 422,
    code: 'validation_failed',
    requestId: 'r1',
    detail: problem.detail,
    errors: problem.errors,
  });
});

test('an answer that is not ours still says what can be done', async () => {
  const error = await problemOf(
    new Response('<h1>Bad gateway</h1>', { status: 502, headers: { 'Retry-After': '7' } }),
  );
  expect(error).toMatchObject({ status: 502, code: 'unreadable', requestId: null, retryAfterSeconds: 7 });
  expect(error.detail).toContain('502');
});

test('an act that may have been done is not said to have failed', () => {
  const failure = { status: 503, title: '', detail: 'This may have been saved. Look before you repeat it.' };
  expect(
    failedMessage('Rina', 'was not changed', new ApiError({ ...failure, code: 'outcome_unknown' })),
  ).toBe('Rina: This may have been saved. Look before you repeat it.');
  expect(
    failedMessage(
      'Rina',
      'was not changed',
      new ApiError({ ...failure, code: 'database_unavailable', detail: 'Nothing was changed.' }),
    ),
  ).toBe('Rina was not changed. Nothing was changed.');
});

test('whatever was thrown has the one shape', () => {
  expect(toApiError(new Error('Broken')).detail).toBe('Broken');
  expect(toApiError('text').code).toBe('unreadable');
});
