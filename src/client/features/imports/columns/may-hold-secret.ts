const SECRET_NAMES =
  /pass|pwd|secret|token|credential|api.?key|private.?key|\bkey\b|\bpin\b|kennwort|geheim|schl(?:ü|ue)ssel|contrase|clave|senha|mot de passe/i;

// As keys and tokens are written: long, without a space, letters and digits mixed. What Twilio calls its records
// begins with two capitals, and opens nothing; an address says with a point, an @ or a colon that it is one.
const isLikeKey = (word: string): boolean =>
  /^[\w+/=-]{20,}$/.test(word) &&
  /\d/.test(word) &&
  /[a-z]/i.test(word) &&
  !/^[A-Z]{2}[\da-f]{32}$/.test(word) &&
  !/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(word);

/** Whether a column of which nobody has said what it is may hold what is not to be seen on a screen. */
export const mayHoldSecret = (heading: string, values: readonly string[]): boolean =>
  SECRET_NAMES.test(heading.replaceAll('_', ' ')) ||
  values.some((value) => value.split(/\s+/).some(isLikeKey));
