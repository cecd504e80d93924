import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecure } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificate } from '#server/testing/local-servers.ts';
import { perform } from './endpoints.ts';
import { commitFault, isMadeFirst, type Fault, type StandInRequest } from './faults.ts';
import { makeRecord, type StandInRecord } from './records.ts';
import { startingState, type StandInState } from './state.ts';

/*
 * A stand-in of Verbex: a real HTTP server that keeps numbers as it is documented to, at its worst, and does
 * wrong what it is told to.
 */

export interface VerbexStandIn {
  url: string;
  state: StandInState;
  /** All that was asked, in order. */
  requests: StandInRequest[];
  /** The most requests that were being answered at the same time. */
  mostInFlight: () => number;
  /** The next requests are answered so, one after another; null answers one rightly. */
  next(...faults: (Fault | null)[]): void;
  /** Where none of those is left, this decides. */
  decideBy(decide: (request: StandInRequest) => Fault | null): void;
  addNumber(
    given: Readonly<Record<string, unknown>> & { phone_number: string; provider: string },
  ): StandInRecord;
  addAgent(id: string, name: string): void;
  close(): Promise<void>;
}

const readRequest = async (request: IncomingMessage): Promise<StandInRequest> => {
  const at = performance.now();
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://stand-in');
  return {
    method: request.method ?? '',
    path: pathname,
    query: searchParams,
    authorization: request.headers.authorization,
    body: text === '' ? null : (JSON.parse(text) as unknown),
    at,
  };
};

/** Where the path must be asked for instead; null where it is taken as it is. */
const otherPath = ({ slash }: StandInState, path: string): string | null => {
  if (slash === 'with' && !path.endsWith('/')) return `${path}/`;
  return slash === 'without' && path.endsWith('/') ? path.slice(0, -1) : null;
};

export const startVerbex = async (
  given: Partial<StandInState> = {},
  { certificate, port = 0 }: { certificate?: Certificate; port?: number } = {},
): Promise<VerbexStandIn> => {
  const state = { ...startingState(), ...given };
  const requests: StandInRequest[] = [];
  const faults: (Fault | null)[] = [];
  let decide: (request: StandInRequest) => Fault | null = () => null;
  let [inFlight, mostInFlight] = [0, 0];

  const answer = async (incoming: IncomingMessage, response: ServerResponse) => {
    inFlight += 1;
    mostInFlight = Math.max(mostInFlight, inFlight);
    response.once('close', () => (inFlight -= 1));
    const request = await readRequest(incoming);
    requests.push(request);
    const elsewhere = otherPath(state, request.path);
    if (elsewhere !== null) {
      const location = `http://${incoming.headers.host}${elsewhere}?${request.query.toString()}`;
      response.writeHead(307, { location }).end();
      return;
    }
    const fault = faults.length > 0 ? (faults.shift() ?? null) : decide(request);
    const rightly = isMadeFirst(fault) ? perform(state, request) : null;
    if (fault?.does === 'wait') await fault.until;
    if (fault !== null && fault.does !== 'wait') commitFault(response, fault);
    else rightly?.(response);
  };
  const listener = (incoming: IncomingMessage, response: ServerResponse) =>
    void answer(incoming, response).catch(() => response.destroy());
  const server = certificate ? createSecure(certificate, listener) : createServer(listener);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `${certificate ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    state,
    requests,
    mostInFlight: () => mostInFlight,
    next: (...more) => void faults.push(...more),
    decideBy: (by) => void (decide = by),
    addNumber: (fields) => {
      const record = makeRecord(fields);
      state.numbers.set(record._id, record);
      return record;
    },
    addAgent: (id, name) =>
      void state.agents.set(id, {
        ai_agent_id: id,
        agent_name: name,
        agent_status: 'active',
        language_code: 'en',
      }),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
