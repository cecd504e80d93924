import { problems, type FieldError, type ProblemCode, type ProblemDetails } from '#contract/errors.ts';
import { MAX_ERRORS } from '#contract/primitives.ts';
import { pointerTo } from '#contract/pointer.ts';
import { providerNames } from '#contract/numbers/choices.ts';
import { providerOfField } from '#contract/numbers/fields.ts';
import type { z } from 'zod';

type Extra = Partial<
  Pick<
    ProblemDetails,
    | 'errors'
    | 'current'
    | 'changed_fields'
    | 'present_phone_number_id'
    | 'deleted_phone_number_id'
    | 'api_keys'
    | 'retry_after_seconds'
  >
>;

/**
 * What a service throws when it refuses: answered as RFC 9457 problem details. `detail` says what to do and
 * holds no secret.
 */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly extra: Extra;

  /** `cause` is for the log alone. */
  constructor(code: ProblemCode, detail: string, extra: Extra = {}, cause?: unknown) {
    super(detail, { cause });
    this.name = 'Problem';
    this.code = code;
    this.extra = extra;
  }

  get status(): number {
    return problems[this.code][0];
  }

  details(requestId: string): ProblemDetails {
    const [status, title] = problems[this.code];
    return {
      type: `/docs#${this.code}`,
      title,
      status,
      detail: this.message,
      code: this.code,
      request_id: requestId,
      ...this.extra,
    };
  }
}

/** Several fields at once. The problem's code is theirs where they agree on one the contract knows. */
export const fieldProblem = (errors: FieldError[]): Problem => {
  const codes = new Set(errors.map((error) => error.code));
  const [only] = codes;
  const code =
    codes.size === 1 && only !== undefined && only in problems ? (only as ProblemCode) : 'validation_failed';
  const [first] = errors;
  if (errors.length > MAX_ERRORS)
    return new Problem(
      code,
      `More than ${MAX_ERRORS} fields need your attention; errors has the first ${MAX_ERRORS}.`,
      {
        errors: errors.slice(0, MAX_ERRORS),
      },
    );
  const detail =
    errors.length === 1 && first
      ? `${first.pointer}: ${first.message}`
      : `${errors.length} fields need your attention; see errors.`;
  return new Problem(code, detail, { errors });
};

// A strict schema refused it: where some provider has such a field, it is another one's than the number's.
const refusedField = (
  pointer: string,
  key: string,
  input: Readonly<Record<string, unknown>> | undefined,
): FieldError => {
  const owner = providerOfField(key);
  return owner === undefined || owner === input?.['provider']
    ? { pointer, code: 'unknown_field', message: 'Remove this field: it is not known here.' }
    : {
        pointer,
        code: 'field_of_other_provider',
        message: `Remove this field: only ${providerNames[owner]} numbers have it.`,
      };
};

const errorsOf = (issue: z.core.$ZodIssue): FieldError[] => {
  const pointer = pointerTo(...issue.path);
  if (issue.code === 'unrecognized_keys')
    return issue.keys
      .slice(0, MAX_ERRORS + 1)
      .map((key) => refusedField(pointer + pointerTo(key), key, issue.input));
  if (issue.code === 'invalid_union' && 'options' in issue && issue.options !== undefined)
    return [{ pointer, code: 'invalid_value', message: `Choose one of ${issue.options.join(', ')}.` }];
  if (issue.code === 'invalid_key')
    return issue.issues.map((inner) => ({ pointer, code: 'invalid_key', message: inner.message }));
  if (issue.code === 'custom') {
    const code: unknown = issue.params?.['code'];
    return [{ pointer, code: typeof code === 'string' ? code : 'invalid', message: issue.message }];
  }
  if (issue.code === 'invalid_type' && issue.input === undefined)
    return [{ pointer, code: 'required', message: 'This field is required.' }];
  return [{ pointer, code: issue.code, message: issue.message }];
};

/**
 * zod's issues as field errors: one for each unknown key, and our own codes where a schema names one. At most
 * MAX_ERRORS + 1: one more than a problem lists, so that it can say there are more.
 */
export const fieldErrors = (issues: readonly z.core.$ZodIssue[]): FieldError[] =>
  issues
    .slice(0, MAX_ERRORS + 1)
    .flatMap(errorsOf)
    .slice(0, MAX_ERRORS + 1);
