import { ApiError } from '#client/api/api-error.ts';
import type { ShownSecret } from '#client/components/secret-field/secret-field-shown.ts';
import { clockTime } from '#client/lib/words/format.ts';
import { withFreshSignIn } from './fresh-sign-in.ts';

/** When the hour ends, by the clock on the wall: that is what to wait for. */
const sayWhen = (thrown: ApiError): ApiError => {
  const at = clockTime(new Date(Date.now() + (thrown.retryAfterSeconds ?? 0) * 1000 + 60_000).toISOString());
  const detail = `You have revealed as many credentials as you may within an hour. It works again at ${at}; an admin can allow more.`;
  return new ApiError({ status: thrown.status, code: thrown.code, title: thrown.title, detail });
};

/**
 * Asks for a credential in clear. Its answer passes by every cache: it is handed to the field that asked, and
 * that alone. Null when the password was wanted first and the operator decided against it.
 */
export const revealing = (ask: () => Promise<ShownSecret>): Promise<ShownSecret | null> =>
  withFreshSignIn(ask).catch((thrown: unknown) => {
    if (thrown instanceof ApiError && thrown.code === 'fresh_sign_in_required') return null;
    if (thrown instanceof ApiError && thrown.code === 'too_many_reveals') throw sayWhen(thrown);
    throw thrown;
  });
