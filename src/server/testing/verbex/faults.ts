import type { ServerResponse } from 'node:http';

/**
 * What the stand-in does wrong, once for each. `before` and `after`: the change that was asked for is left
 * undone, or has been made.
 */
export type Fault =
  | { does: 'answer'; status: number; body?: unknown; headers?: Readonly<Record<string, string>> }
  | { does: 'fail' | 'drop' | 'answer_html' | 'hang'; when: 'before' | 'after' }
  | { does: 'answer_much'; bytes: number }
  /** Answered rightly, as it was when it was asked, but late. */
  | { does: 'wait'; until: Promise<unknown> };

export interface StandInRequest {
  method: string;
  /** As it came, with its slash if it had one. */
  path: string;
  query: URLSearchParams;
  authorization: string | undefined;
  body: unknown;
  /** Milliseconds, by the clock of the process. */
  at: number;
}

const headers = { 'content-type': 'application/json' };

export const answerJson = (
  response: ServerResponse,
  status: number,
  body: unknown,
  more: Readonly<Record<string, string>> = {},
) => void response.writeHead(status, { ...headers, ...more }).end(JSON.stringify(body));

const PAGE = '<!doctype html><title>502 Bad Gateway</title><h1>Bad Gateway</h1>';

/** Answers wrongly instead of rightly; whether the change is made is decided by the caller. */
export const commitFault = (response: ServerResponse, fault: Fault): void => {
  switch (fault.does) {
    case 'answer':
      return answerJson(response, fault.status, fault.body ?? {}, fault.headers);
    case 'fail':
      return void response.writeHead(500, { 'content-type': 'text/plain' }).end('Internal Server Error');
    case 'answer_html':
      return void response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
    case 'answer_much':
      return answerJson(response, 200, { phone_numbers: ['x'.repeat(fault.bytes)] });
    case 'drop':
      return void response.destroy();
    case 'hang':
    case 'wait':
      return;
  }
};

export const isMadeFirst = (fault: Fault | null): boolean =>
  fault === null || fault.does === 'wait' || ('when' in fault && fault.when === 'after');
