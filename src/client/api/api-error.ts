import type { FieldError, ProblemCode, ProblemDetails } from '#contract/errors.ts';

/**
 * `offline`: no answer came. `unreadable`: an answer came that is not this API's, for example a proxy's page.
 */
export type ErrorCode = ProblemCode | 'offline' | 'unreadable';

/** Everything a call can fail with, in one shape. `status` is 0 when no answer came. */
export class ApiError extends Error {
  override name = 'ApiError';
  readonly status: number;
  readonly code: ErrorCode;
  readonly title: string;
  readonly detail: string;
  readonly requestId: string | null;
  readonly errors: FieldError[];
  readonly current: ProblemDetails['current'];
  readonly changedFields: string[] | undefined;
  /** The number that is there already, where that is known. */
  readonly presentPhoneNumberId: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    problem: Omit<Partial<ProblemDetails>, 'code'> & {
      status: number;
      code: ErrorCode;
      title: string;
      detail: string;
    },
  ) {
    super(problem.detail);
    this.status = problem.status;
    this.code = problem.code;
    this.title = problem.title;
    this.detail = problem.detail;
    this.requestId = problem.request_id ?? null;
    this.errors = problem.errors ?? [];
    this.current = problem.current;
    this.changedFields = problem.changed_fields;
    this.presentPhoneNumberId = problem.present_phone_number_id;
    this.retryAfterSeconds = problem.retry_after_seconds;
  }
}

export const offlineError = () =>
  new ApiError({
    status: 0,
    code: 'offline',
    title: 'Cordboard cannot be reached',
    detail: 'No answer came. Check the connection, then try again.',
  });

const isProblem = (body: unknown): body is ProblemDetails =>
  typeof body === 'object' && body !== null && 'code' in body && 'title' in body && 'detail' in body;

/** What a refused answer says; a body that is no problem document still becomes an error that can be read. */
export const problemOf = async (response: Response): Promise<ApiError> => {
  const body: unknown = await response.json().catch(() => null);
  const retryAfter = Number(response.headers.get('Retry-After'));
  if (isProblem(body)) {
    return new ApiError({
      ...body,
      status: response.status,
      retry_after_seconds: body.retry_after_seconds ?? (retryAfter || undefined),
    });
  }
  return new ApiError({
    status: response.status,
    code: 'unreadable',
    title: 'The answer cannot be read',
    detail: `The server answered ${response.status} in a form that Cordboard does not know. Try again in a moment.`,
    request_id: response.headers.get('X-Request-Id') ?? undefined,
    retry_after_seconds: retryAfter || undefined,
  });
};

/** Whether what was asked may have been done all the same: no answer came, or none that says so. */
export const mayBeDone = ({ code, status }: ApiError): boolean =>
  code === 'offline' ||
  code === 'outcome_unknown' ||
  (code === 'unreadable' && status >= 502 && status <= 504);

/** Whether the server looked at the act itself and refused it: it was not done, by this request or an earlier one. */
export const isJudged = ({ status }: ApiError): boolean => [400, 404, 409, 412, 413, 422].includes(status);

/**
 * What a toast says of an act that failed, as in `Rina was not changed. …`, or that may have been done all
 * the same.
 */
export const failedMessage = (subject: string, failed: string, thrown: unknown): string => {
  const { code, detail, errors } = toApiError(thrown);
  return code === 'outcome_unknown'
    ? `${subject}: ${detail}`
    : `${subject} ${failed}. ${errors[0]?.message ?? detail}`;
};

/** Anything thrown, as an ApiError, so that a screen has one shape to draw. */
export const toApiError = (thrown: unknown): ApiError =>
  thrown instanceof ApiError
    ? thrown
    : new ApiError({
        status: -1,
        code: 'unreadable',
        title: 'This part of the page failed',
        detail: thrown instanceof Error && thrown.message !== '' ? thrown.message : 'Reload the page.',
      });
