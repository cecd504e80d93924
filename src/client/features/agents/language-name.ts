const names = new Intl.DisplayNames('en-GB', { type: 'language', fallback: 'code' });

/** `bn-BD` → `Bangla (Bangladesh)`; a tag nobody knows stays as it is. */
export const languageName = (tag: string): string => {
  try {
    return names.of(tag) ?? tag;
  } catch {
    return tag;
  }
};
