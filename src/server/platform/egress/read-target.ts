import { isIP } from 'node:net';
import { EgressError } from './egress-error.ts';

export interface Target {
  isSecure: boolean;
  /** A name, or an address without brackets: as it goes into TLS. */
  host: string;
  port: number;
  /** As the Host header says it. */
  authority: string;
  path: string;
  /** For people. */
  place: string;
}

/** Reads where a request is to go. Parsing writes every spelling of an address (`0x7f.1`) in its plain form. */
export const readTarget = (text: string): Target => {
  if (!URL.canParse(text)) throw new EgressError('invalid_url', 'This is no web address.');
  const { protocol, hostname, host, port, pathname, search, username, password } = new URL(text);
  if (protocol !== 'https:' && protocol !== 'http:')
    throw new EgressError('invalid_url', 'An address must begin with https://.');
  if (username !== '' || password !== '')
    throw new EgressError('invalid_url', 'A web address must not hold a user name or a password.');
  const bare = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  const isSecure = protocol === 'https:';
  return {
    isSecure,
    host: bare,
    port: port === '' ? (isSecure ? 443 : 80) : Number(port),
    authority: host,
    path: `${pathname}${search}`,
    place: host,
  };
};

export const isLiteral = ({ host }: Target): boolean => isIP(host) !== 0;
