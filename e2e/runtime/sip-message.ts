/** As much of SIP (RFC 3261) as a redirect server needs: reading a request, and answering it. */
export interface SipRequest {
  method: string;
  uri: string;
  /** By lower-case name, compact forms spelled out; each in the order in which it came. */
  headers: Map<string, string[]>;
}

const spelledOut: Record<string, string> = { v: 'via', f: 'from', t: 'to', i: 'call-id' };

export const readRequest = (text: string): SipRequest | null => {
  const [head = ''] = text.split('\r\n\r\n');
  // A line that begins with a space goes on with the one before.
  const [first = '', ...lines] = head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n');
  const [, method, uri] = /^([A-Z]+) (\S+) SIP\/2\.0$/.exec(first) ?? [];
  if (method === undefined || uri === undefined) return null;
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 0) continue;
    const short = line.slice(0, colon).trim().toLowerCase();
    const name = spelledOut[short] ?? short;
    headers.set(name, [...(headers.get(name) ?? []), line.slice(colon + 1).trim()]);
  }
  return { method, uri, headers };
};

export const reasons = {
  302: 'Moved Temporarily',
  480: 'Temporarily Unavailable',
  486: 'Busy Here',
  404: 'Not Found',
  603: 'Decline',
} as const;
export type SipStatus = keyof typeof reasons;

/** The answer to a request: what says whose it is goes back as it came, and the called side gets its tag. */
export const writeAnswer = ({ headers }: SipRequest, status: SipStatus, own: readonly string[]): string => {
  const back = ['via', 'from', 'call-id', 'cseq'].flatMap((name) =>
    (headers.get(name) ?? []).map((value) => `${name}: ${value}`),
  );
  const to = headers.get('to')?.[0] ?? '';
  const tag = /;\s*tag=/i.test(to)
    ? ''
    : `;tag=${(headers.get('call-id')?.[0] ?? '').replaceAll(/\W/g, '').slice(0, 16)}`;
  return [
    `SIP/2.0 ${status} ${reasons[status]}`,
    ...back,
    `to: ${to}${tag}`,
    ...own,
    'content-length: 0',
    '',
    '',
  ].join('\r\n');
};
