// What stands at 0x80 to 0x9f; the places that are none stay what Latin-1 has there, as browsers read them.
const LETTERS = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** By a table of our own: some engines read it as Latin-1, which has no euro and no curly quotes. */
export const decodeWindows1252 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('latin1')
    .replace(/[\x80-\x9f]/g, (character) => LETTERS.charAt(character.charCodeAt(0) - 0x80));
