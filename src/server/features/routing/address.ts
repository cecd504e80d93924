/**
 * The parts of an address as telephony runtimes have it: a bare number, a SIP or tel URI, or a SIP header
 * passed on whole.
 */
export interface Address {
  /** The name in front of the URI. It is the caller's own to choose. */
  display: string;
  /** What stands for the number. */
  user: string;
  host: string;
}

const SCHEME = /^(sips?|tel):/i;

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** The URI in angle brackets, and the name before it; a quoted name may hold anything. */
const namedUri = (address: string): { display: string; uri: string } => {
  if (SCHEME.test(address) || address.startsWith('+')) return { display: '', uri: address };
  const quoted = /^"((?:\\.|[^"\\])*)"\s*/.exec(address);
  const rest = address.slice(quoted?.[0].length ?? 0);
  const [, name = '', uri] = /^([^<>"]*)<([^<>]*)>/.exec(rest) ?? [];
  return uri === undefined
    ? { display: '', uri: address }
    : { display: (quoted?.[1] ?? name).trim(), uri: uri.trim() };
};

// Behind a `;` come parameters, behind a `:` of the user a password, and of the host the port.
const withoutTail = (text: string) => text.replace(/[;:].*$/s, '');

/** Of `"Desk" <sip:+1415…;x=y@host:5060;z>` the `Desk`, the `+1415…` and the `host`. */
export const readAddress = (written: string): Address => {
  const { display, uri } = namedUri(written.trim());
  const scheme = SCHEME.exec(uri)?.[1]?.toLowerCase();
  const rest = scheme === undefined ? uri : uri.slice(scheme.length + 1);
  // A tel URI has no host, and no headers behind a `?`.
  if (scheme === 'tel') return { display, user: decoded(withoutTail(rest)), host: '' };
  const [address = ''] = scheme === undefined ? [rest] : rest.split('?', 1);
  const at = address.indexOf('@');
  if (at < 0 && scheme === undefined) return { display, user: withoutTail(address), host: '' };
  return {
    display,
    user: decoded(withoutTail(address.slice(0, Math.max(at, 0)))),
    host: withoutTail(address.slice(at + 1)).toLowerCase(),
  };
};
