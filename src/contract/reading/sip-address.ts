import { z } from 'zod';
import type { Reading } from './reading.ts';
import { characterWords, trimmed } from './text.ts';

/*
 * SIP addresses as carriers print them: `host`, `host:port`, or a `sip:`/`sips:` URI with a user, and behind
 * any of them the parameters of RFC 3261. Stored as given; a part that cannot stay is named.
 */

export const MAX_SIP_URI = 255;
const MAX_SIP_USER = 128;

/** What is wrong with a part, in words; undefined where nothing is. */
type Wrong = string | undefined;

const firstWrong = (...checks: readonly (() => Wrong)[]): Wrong => {
  for (const check of checks) {
    const wrong = check();
    if (wrong !== undefined) return wrong;
  }
  return undefined;
};

const wrongCharacters = (address: string): Wrong => {
  if (/[<>]/.test(address)) return 'Leave out the angle brackets < > and what stands outside of them.';
  const at = address.search(/[^\x21-\x7e]/u);
  if (at < 0) return undefined;
  const character = String.fromCodePoint(address.codePointAt(at) ?? 0);
  if (/[\p{L}\p{M}\p{N}]/u.test(character))
    return `${characterWords(character)} cannot stand in a SIP address. Write a host of other scripts in its xn-- form.`;
  const before = address.slice(Math.max(0, at - 12), at);
  return `Remove ${characterWords(character)}${before === '' ? '' : `, behind “${before}”`}.`;
};

const schemeOf = (address: string) => /^(sips?):/i.exec(address)?.[1] ?? '';
const wrongScheme = (address: string): Wrong => {
  const other = /^(?:([a-z][a-z0-9+.-]*):\/\/|(tel|im|pres|xmpp|callto|mailto|h323):)/i.exec(address)?.[0];
  if (other === undefined) return undefined;
  return schemeOf(address) === ''
    ? `“${other}” begins no SIP address. Write the host alone, or sip: before it.`
    : `Leave out the // behind ${schemeOf(address)}:.`;
};

const wrongUser = (user: string): Wrong => {
  if (user === '') return 'There is no user before the @. Write one, or leave out the @.';
  if (user.includes(':'))
    return 'There is a password in it, behind the colon before the @. Leave it out: an address is no secret.';
  if (user.length > MAX_SIP_USER)
    return `Its user has ${user.length} characters; ${MAX_SIP_USER} is the most.`;
  const escape = /%(?![0-9a-f]{2}).{0,2}/iu.exec(user)?.[0];
  if (escape !== undefined) return `“${escape}” in its user is no escape: write a % as %25.`;
  const odd = /[^a-z0-9\-_.!~*'()&=+$,;?/%]/iu.exec(user)?.[0];
  return odd === undefined
    ? undefined
    : `“${odd}” cannot stand in its user. Write it as %${odd.charCodeAt(0).toString(16).toUpperCase()}.`;
};

const isIPv6 = (literal: string): boolean => z.ipv6().safeParse(literal).success;
const isIPv4 = (literal: string): boolean => z.ipv4().safeParse(literal).success;

const wrongLabel = (label: string, host: string): Wrong => {
  if (label === '')
    return `“${host}” has nothing ${host.startsWith('.') ? 'before its first dot' : 'between two dots'}.`;
  if (label.length > 63)
    return `“${label.slice(0, 12)}…” has ${label.length} characters; between two dots of a host stand 63 at most.`;
  const odd = /[^a-z0-9_-]/iu.exec(label)?.[0];
  if (odd === '/') return `Leave out “${host.slice(host.indexOf('/'))}”: a SIP address has no path.`;
  if (odd !== undefined) return `“${odd}” cannot stand in a host.`;
  return /^-|-$/.test(label) ? `“${label}” begins or ends with a dash. A part of a host cannot.` : undefined;
};

const wrongHost = (host: string): Wrong => {
  if (host === '') return 'There is no host in it. Write one, as in sip.carrier.example.';
  // A dotted run of digits is meant as an IPv4 address, so 300.1.1.1 is a mistake and no host name.
  if (/^\d+(?:\.\d+)+$/.test(host))
    return isIPv4(host) ? undefined : `“${host}” is no IP address: it has four parts, each from 0 to 255.`;
  return firstWrong(
    ...host
      .replace(/\.$/, '')
      .split('.')
      .map((label) => () => wrongLabel(label, host)),
  );
};

const wrongPort = (port: string | undefined): Wrong => {
  if (port === undefined) return undefined;
  if (port === '') return 'There is no port behind the colon. Write one, or leave out the colon.';
  return /^[1-9]\d{0,4}$/.test(port) && Number(port) <= 65_535
    ? undefined
    : `“${port}” is no port: ports are 1 to 65535.`;
};

const wrongHostPort = (place: string): Wrong => {
  if (place.startsWith('[')) {
    const [, literal = '', port] = /^\[([^\]]*)\](?::(.*))?$/.exec(place) ?? [];
    if (literal === '') return `“${place}” does not end in ], or in ]: and a port.`;
    return isIPv6(literal) ? wrongPort(port) : `“${literal}” is no IPv6 address.`;
  }
  const [host = '', port, ...more] = place.split(':');
  if (more.length > 0) return 'An IPv6 address stands in square brackets, as in [2001:db8::1]:5060.';
  return wrongHost(host) ?? wrongPort(port);
};

const TRANSPORTS = ['udp', 'tcp', 'tls', 'sctp', 'ws', 'wss'];
const needsValue = new Set(['transport', 'user', 'ttl', 'method']);

const wrongParameter = (parameter: string): Wrong => {
  if (parameter === '') return 'There is nothing behind one of its semicolons. Leave that one out.';
  const [name = '', ...rest] = parameter.split('=');
  const value = rest.length === 0 ? undefined : rest.join('=');
  const key = name.toLowerCase();
  if (key === 'maddr') return 'Leave out ;maddr=: it would send calls past the host.';
  if (value === '' || (value === undefined && needsValue.has(key)))
    return `;${name}= has no value. Write one, or leave it out.`;
  const odd = /(?:[^a-z0-9\-_.!~*'()[\]/:&+$%]|%(?![0-9a-f]{2}))/iu.exec(name + (value ?? ''))?.[0];
  if (name === '' || odd !== undefined)
    return `“;${parameter}” is no parameter${odd === undefined ? '' : `: “${odd}” cannot stand in one`}.`;
  if (key === 'transport' && !TRANSPORTS.includes(value?.toLowerCase() ?? ''))
    return `;transport=${value} is no transport. Choose ${TRANSPORTS.slice(0, -1).join(', ')} or ${TRANSPORTS.at(-1)}.`;
  if (key === 'ttl' && !(/^\d{1,3}$/.test(value ?? '') && Number(value) <= 255))
    return `;ttl=${value} is no number from 0 to 255.`;
  return undefined;
};

const wrongParameters = (parameters: readonly string[]): Wrong => {
  const names = parameters.map((parameter) => parameter.split('=', 1)[0]?.toLowerCase() ?? '');
  const twice = names.find((name, at) => name !== '' && names.indexOf(name) !== at);
  return firstWrong(...parameters.map((parameter) => () => wrongParameter(parameter)), () =>
    twice === undefined ? undefined : `;${twice} is there twice. Leave out one of them.`,
  );
};

/** Where the headers of an address begin, which follow a `?` behind the host; -1 where it has none. */
const headersAt = (address: string): number => address.indexOf('?', address.indexOf('@') + 1);

const wrongParts = (address: string): Wrong => {
  const scheme = schemeOf(address);
  const rest = scheme === '' ? address : address.slice(scheme.length + 1);
  const headers = headersAt(rest);
  if (headers >= 0) return `Leave out “${rest.slice(headers)}”: an address that is kept has no headers.`;
  const at = rest.indexOf('@');
  if (at >= 0 && scheme === '') return 'Write sip: before it: without, an address has no user.';
  if (at !== rest.lastIndexOf('@')) return 'There is more than one @ in it. Write an @ of its user as %40.';
  const [place = '', ...parameters] = rest.slice(at + 1).split(';');
  return firstWrong(
    () => (at < 0 ? undefined : wrongUser(rest.slice(0, at))),
    () => wrongHostPort(place),
    () => wrongParameters(parameters),
  );
};

/** A SIP address, its ends free of spaces; else what is wrong with it, by the part. */
export const readSipAddress = (text: string): Reading => {
  const value = text.length > 4 * MAX_SIP_URI ? text : trimmed(text);
  if (value === '')
    return { code: 'too_small', message: 'Nothing is written. Write a host, host:port, or a sip: address.' };
  if (value.length > MAX_SIP_URI)
    return {
      code: 'too_big',
      message: `These are ${value.length.toLocaleString('en')} characters; an address has at most ${MAX_SIP_URI}.`,
    };
  if (/[\p{Cc}\p{Cs}]/u.test(value))
    return {
      code: 'control_characters',
      message: 'Remove the control characters and line breaks: an address is one line.',
    };
  const wrong = firstWrong(
    () => wrongCharacters(value),
    () => wrongScheme(value),
    () => wrongParts(value),
  );
  return wrong === undefined ? { value } : { code: 'invalid_sip_uri', message: wrong };
};

/**
 * What people paste from headers and pages, without what cannot be kept; and what was taken off, in words.
 */
export const bareSipAddress = (pasted: string): { address: string; takenOff: string[] } => {
  const inBrackets = /^[^<>]*<\s*([^<>]*?)\s*>[^<>]*$/.exec(pasted)?.[1];
  const whole = trimmed(inBrackets ?? pasted);
  const headers = headersAt(whole);
  const takenOff = [
    ...(inBrackets === undefined ? [] : ['the angle brackets']),
    ...(headers < 0 ? [] : [`“${whole.slice(headers)}”`]),
  ];
  return { address: headers < 0 ? whole : whole.slice(0, headers), takenOff };
};
