import { Problem } from '#server/problem.ts';

/**
 * The promise: a browser on another site cannot make a signed-in operator's browser write here.
 * Programs that are no browsers send neither header and carry no cookie they did not mean to send.
 */
export const refuseCrossSite = (request: Request, url: URL): void => {
  const site = request.headers.get('sec-fetch-site');
  const origin = request.headers.get('origin');
  const isForeign =
    site !== null
      ? site !== 'same-origin' && site !== 'none'
      : origin !== null && !isOriginOf(origin, url, request.headers.get('host'));
  if (isForeign)
    throw new Problem('cross_site_request', 'Send this from the console itself, or use an API key.');
};

const isOriginOf = (origin: string, url: URL, host: string | null): boolean => {
  try {
    return new URL(origin).host === (host ?? url.host);
  } catch {
    return false;
  }
};
