const [QUOTE, LINE_BREAK] = [0x22, 0x0a];

/**
 * Counts the lines of a file as its bytes arrive: each call is given the next ones, and answers how many have
 * ended so far. A line break in quotes, as a cell of CSV has it, ends none; JSON lines have none in a line.
 */
export const countLines = (hasQuotes: boolean): ((bytes: Uint8Array) => number) => {
  let lines = 0;
  let isQuoted = false;
  return (bytes) => {
    for (const byte of bytes) {
      if (byte === QUOTE) isQuoted = hasQuotes && !isQuoted;
      else if (byte === LINE_BREAK && !isQuoted) lines += 1;
    }
    return lines;
  };
};
