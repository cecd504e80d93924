import { createSocket, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';
import type { RouteAnswer } from '#contract/numbers/route.ts';
import { readRequest, writeAnswer, type SipRequest, type SipStatus } from './sip-message.ts';

/**
 * A small telephony runtime: a SIP redirect server over UDP. Of each INVITE it asks Cordboard who answers,
 * and sends the caller there. An agent is reached at the platform's media servers, by its id.
 */
export interface RedirectOptions {
  cordboardUrl: string;
  key: string;
  /** Where agents are reached, as host:port. */
  agentHost: string;
}

// Cordboard answers or refuses within a second.
const ASK_WITHIN_MS = 1000;

const askCordboard = async (
  { cordboardUrl, key }: RedirectOptions,
  to: string,
  from: string | null,
): Promise<RouteAnswer | 404> => {
  const answer = await fetch(`${cordboardUrl}/v1/route`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ to, from }),
    signal: AbortSignal.timeout(ASK_WITHIN_MS),
  });
  if (answer.status === 404) return 404;
  if (!answer.ok) throw new Error(`Cordboard answered ${answer.status}`);
  return (await answer.json()) as RouteAnswer;
};

/** Asking changes nothing: what was refused or came too late is asked once more. */
const askTwice = (...call: Parameters<typeof askCordboard>) =>
  askCordboard(...call).catch(() => askCordboard(...call));

interface SipOutcome {
  status: SipStatus;
  headers: string[];
}

const sipUriOf = (to: string, host: string) => (/^sips?:/i.test(to) ? to : `sip:${to}@${host}`);

/**
 * What a decision is in SIP. Messages and voicemail need a media server, and go to the agents' one with their
 * type.
 */
const outcomeOf = (
  { destination, agent_id: agentId, settings }: RouteAnswer,
  { agentHost }: RedirectOptions,
): SipOutcome => {
  const moved = (uri: string): SipOutcome => ({
    status: 302,
    headers: [
      `contact: <${uri}>`,
      `x-max-duration: ${settings.max_duration_seconds}`,
      `x-recording: ${settings.recording}`,
    ],
  });
  if (agentId !== null) return moved(`sip:${agentId}@${agentHost}`);
  switch (destination.type) {
    case 'forward':
      return moved(sipUriOf(destination.to, agentHost));
    case 'message':
    case 'voicemail':
      return moved(`sip:${destination.type}@${agentHost}`);
    case 'reject':
      return { status: destination.reason === 'busy' ? 486 : 603, headers: [] };
    default:
      return { status: 480, headers: [] };
  }
};

const answerInvite = async (request: SipRequest, options: RedirectOptions): Promise<SipOutcome> => {
  try {
    const decision = await askTwice(options, request.uri, request.headers.get('from')?.[0] ?? null);
    return decision === 404 ? { status: 404, headers: [] } : outcomeOf(decision, options);
  } catch {
    // Cordboard cannot be asked: the caller, or the carrier, is told to try again and not that nobody is
    // there.
    return { status: 480, headers: ['retry-after: 2'] };
  }
};

export const startRedirectServer = async (
  options: RedirectOptions,
): Promise<{ port: number; close: () => Promise<void> }> => {
  const socket = createSocket('udp4');
  const onMessage = async (data: Buffer, { port, address }: RemoteInfo) => {
    const request = readRequest(data.toString());
    // An ACK ends the exchange, and is not answered.
    if (request?.method !== 'INVITE') return;
    const { status, headers } = await answerInvite(request, options);
    socket.send(writeAnswer(request, status, headers), port, address);
  };
  socket.on('message', (data, from) => void onMessage(data, from));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    port: socket.address().port,
    close: async () => {
      socket.close();
      await once(socket, 'close');
    },
  };
};
