/* The forms a secret can be hidden in without being protected by them. */

const base64Forms = (text: string): string[] => {
  // In a longer text a secret begins at any of three places of base64's groups; the ends depend on its
  // neighbours.
  const shifted = [0, 1, 2].map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before, 'x'), Buffer.from(text)]).toString('base64');
    const whole = Math.floor((before + Buffer.byteLength(text)) / 3) * 4;
    return encoded.slice(before === 0 ? 0 : 4, whole);
  });
  return shifted.flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')]);
};

const percent = (text: string) =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

/** Every form to look for, by name. Each is a byte sequence. */
export const formsOf = (secret: string): { form: string; bytes: Buffer }[] => {
  const hex = Buffer.from(secret).toString('hex');
  const named: [string, string[]][] = [
    ['clear', [secret]],
    ['JSON', [JSON.stringify(secret).slice(1, -1)]],
    ['JSON twice', [JSON.stringify(JSON.stringify(secret)).slice(3, -3)]],
    ['hex', [hex, hex.toUpperCase()]],
    ['base64', base64Forms(secret)],
    ['percent', [encodeURIComponent(secret), percent(secret), percent(secret).toUpperCase()]],
    ['HTML', [secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')]],
  ];
  return [
    ...named.flatMap(([form, texts]) =>
      [...new Set(texts)].map((text) => ({ form, bytes: Buffer.from(text) })),
    ),
    { form: 'UTF-16', bytes: Buffer.from(secret, 'utf16le') },
  ];
};

/** Where the secret is found in the bytes, in which form; null for nowhere. */
export const formFoundIn = (bytes: Buffer, secret: string): string | null =>
  formsOf(secret).find((each) => bytes.includes(each.bytes))?.form ?? null;
