/**
 * A key that nobody else has, for `Idempotency-Key`. Not `crypto.randomUUID`: browsers have that over HTTPS
 * and on localhost alone.
 */
export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );
