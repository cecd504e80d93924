/**
 * Host and port of a stored SIP address, by which people know and look for a trunk. By itself, for the list's
 * first view.
 */
export const hostAndPortOf = (address: string): string =>
  address
    .replace(/^sips?:/i, '')
    .replace(/^[^@]*@/, '')
    .replace(/[;?].*$/s, '');
