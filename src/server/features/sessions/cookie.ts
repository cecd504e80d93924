import { createHash, randomBytes } from 'node:crypto';

/*
 * The promise: a session's token is known to the browser alone. No script reads it (HttpOnly), no other site
 * sends it (SameSite=Strict: the console's pages are static, so a link from elsewhere still opens them), with
 * https nothing carries it in clear or from a neighbouring host (Secure, `__Host-`), and the database holds
 * only its SHA-256.
 */

const TOKEN = /^[A-Za-z0-9_-]{32,64}$/;

export const newToken = (): string => randomBytes(32).toString('base64url');

/** Enough for tokens of 190 bits and more: there is nothing to guess, so nothing to slow down. */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();

export interface Cookie {
  /** The value that came with the request, if it can be one. */
  read(request: Request): string | null;
  set(headers: Headers, value: string): void;
  clear(headers: Headers): void;
}

export interface CookieOptions {
  name: string;
  /** What a value looks like; anything else is not read. */
  form: RegExp;
  secure: boolean;
  maxAgeSeconds: number;
}

export const createCookie = ({ name: bareName, form, secure, maxAgeSeconds }: CookieOptions): Cookie => {
  const name = `${secure ? '__Host-' : ''}${bareName}`;
  const write = (headers: Headers, value: string, maxAge: number) =>
    headers.append(
      'set-cookie',
      `${name}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`,
    );
  return {
    read(request) {
      for (const part of request.headers.get('cookie')?.split(';') ?? []) {
        const [key, value] = part.split('=', 2);
        if (key?.trim() === name && value !== undefined) return form.test(value.trim()) ? value.trim() : null;
      }
      return null;
    },
    set: (headers, value) => write(headers, value, maxAgeSeconds),
    clear: (headers) => write(headers, '', 0),
  };
};

export const createSessionCookie = (options: Pick<CookieOptions, 'secure' | 'maxAgeSeconds'>): Cookie =>
  createCookie({ ...options, name: 'cordboard_session', form: TOKEN });
