/*
 * The promise: what a browser sends under another name than the server's own is not answered. A page
 * elsewhere whose name was made to point here (DNS rebinding) would otherwise reach the sign-in from inside
 * the network.
 */

const exempt = new Set(['/healthz', '/readyz', '/metrics', '/openapi.json']);

const parse = (protocol: string, host: string): URL | null => {
  // What is no host would be read as a path, or as a user before one.
  if (/[\s/\\?#@]/.test(host)) return null;
  try {
    return new URL(`${protocol}//${host}`);
  } catch {
    return null;
  }
};

const nameOf = ({ hostname }: URL) => hostname.replace(/\.$/, '');

/**
 * Whether `host` names the server at `publicUrl`. A proxy may leave the port out; one that is there must be
 * the right one.
 */
export const isOwnHost = (publicUrl: URL, host: string): boolean => {
  const asked = parse(publicUrl.protocol, host);
  if (asked === null || nameOf(asked) !== nameOf(publicUrl)) return false;
  return asked.port === publicUrl.port || !/:\d*$/.test(host.replace(/^\[.*\]/, ''));
};

/**
 * Whether a request must be refused for the name it was sent to. Keys are sent by programs, which reach the
 * server by whatever name they were given, as those do that ask for its health. X-Forwarded-Host is anybody's
 * word.
 */
export const isForOtherHost = (publicUrl: URL, request: Request): boolean => {
  const url = new URL(request.url);
  if (request.headers.has('authorization') && /^\/v\d+\//.test(url.pathname)) return false;
  return !exempt.has(url.pathname) && !isOwnHost(publicUrl, request.headers.get('host') ?? url.host);
};
