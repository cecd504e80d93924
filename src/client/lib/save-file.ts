// The browser has begun to save it by then.
const KEEP_MS = 60_000;

/** Hands a file to the browser, which saves it as it saves what is downloaded. */
export const saveFile = (name: string, file: Blob): void => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEEP_MS);
};
