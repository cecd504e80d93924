import type { Answer, ApiRequest } from '#contract/api.ts';
import { offlineError } from './api-error.ts';
import { sendUntilHeard, urlOf, type AnyCall } from './call.ts';
import { dropEarly } from './early.ts';

interface Upload {
  file: Blob;
  type: string;
  signal: AbortSignal;
  /** Told how many bytes are on their way. */
  onSent: (bytes: number) => void;
}

/** By XMLHttpRequest: it alone tells how much of a body was sent. */
const sender =
  ({ file, type, signal, onSent }: Upload) =>
  (method: string, url: string): Promise<Response> =>
    new Promise((resolve, reject) => {
      dropEarly();
      const request = new XMLHttpRequest();
      request.open(method, url);
      request.setRequestHeader('Accept', 'application/json');
      request.setRequestHeader('Content-Type', type);
      request.upload.addEventListener('progress', ({ loaded }) => onSent(loaded));
      request.addEventListener('load', () => {
        const { status, responseText } = request;
        const headers = ['X-Request-Id', 'Retry-After'].flatMap((name) => {
          const value = request.getResponseHeader(name);
          return value === null ? [] : [[name, value] as [string, string]];
        });
        resolve(new Response(responseText, { status, headers }));
      });
      request.addEventListener('error', () => reject(offlineError()));
      request.addEventListener('abort', () => reject(new DOMException('Cancelled', 'AbortError')));
      signal.addEventListener('abort', () => request.abort(), { once: true });
      request.send(file);
    });

/** Sends a file as the body of a call. What goes wrong is thrown as in `call`; cancelled, an AbortError is. */
export const upload = async <K extends 'POST /v1/imports'>(
  key: K,
  { query }: Pick<ApiRequest<K>, 'query'>,
  sent: Upload,
): Promise<Answer<K>> => {
  const [method = '', path = ''] = key.split(' ');
  // Too busy a server is asked again by hand: each time the whole file is sent.
  const asked: AnyCall = { query, signal: sent.signal, busyTries: 1 };
  const response = await sendUntilHeard(method, urlOf(path, asked), asked, sender(sent));
  return (await response.json()) as Answer<K>;
};
