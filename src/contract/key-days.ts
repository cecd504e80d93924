/** Without zod, for the console. How long a key lives that was made without a word about its end. */
export const DEFAULT_KEY_DAYS = 90;

/**
 * From so many days before its end a key is shown, logged and named, so that its successor is there in time.
 */
export const NEAR_END_DAYS = 14;
