const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase();

/** Whether every typed word is somewhere in the text, without regard to case and accents. */
export const matchesWords = (text: string, typed: string): boolean => {
  const within = plain(text);
  return plain(typed)
    .split(/\s+/)
    .every((word) => within.includes(word));
};
