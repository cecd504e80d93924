/** How long a deleted number can be restored. Free of zod, for the console. */
export const RESTORABLE_DAYS = 30;
