const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Whether all texts in it, keys too, are such as the database can keep: no NUL, and no half of a character. */
export const isStorable = (value: unknown): boolean => {
  if (typeof value === 'string') return !value.includes('\0') && value.isWellFormed();
  if (Array.isArray(value)) return value.every(isStorable);
  return (
    !isObject(value) || Object.entries(value).every(([key, part]) => isStorable(key) && isStorable(part))
  );
};

export const NOT_STORABLE = 'Leave out characters that no text can have: NUL, and halves of others.';

/** The text, with a sign in place of each half of a character. */
export const withoutHalves = (text: string): string => text.replaceAll(/\p{Cs}/gu, '\ufffd');
