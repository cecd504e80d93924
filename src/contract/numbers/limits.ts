/* How much a number holds. */

export const MAX_LABELS = 32;
export const MAX_LABEL = 40;
export const MAX_RULES = 50;
export const MAX_BLOCKED_CALLERS = 500;
/** How long a text the list is searched for. */
export const MAX_SEARCH = 200;
