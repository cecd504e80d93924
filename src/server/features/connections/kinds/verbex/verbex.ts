import type {
  CheckResult,
  ConnectionKind,
  Page,
  UpstreamAgent,
  UpstreamClient,
  UpstreamNumber,
} from '#server/features/connections/kinds/upstream/connection-kind.ts';
import { UpstreamError } from '#server/features/connections/kinds/upstream/upstream-error.ts';
import { walkPages } from '#server/features/connections/kinds/upstream/walk-pages.ts';
import { ask, type Question } from './ask.ts';
import { fieldsOf } from './fields.ts';
import { keyEnd } from './key-end.ts';
import { readAgent, readNumber, readPage } from './read-records.ts';

const NUMBERS = '/v1/phone-numbers';
const AGENTS = '/v2/ai-agents';
// The most that is answered; some versions require it to be said.
const PAGE_SIZE = '100';

const pageQuery = (token: string | null) => ({
  page_size: PAGE_SIZE,
  ...(token === null ? {} : { page_token: token }),
});

const numbersPage = async (client: UpstreamClient, token: string | null) =>
  readPage(
    await ask(client, { method: 'GET', path: NUMBERS, query: pageQuery(token) }),
    'phone_numbers',
    readNumber,
  );

const listNumbers = (client: UpstreamClient): AsyncIterable<Page<UpstreamNumber>> =>
  walkPages((token) => numbersPage(client, token));

const listAgents = (client: UpstreamClient): AsyncIterable<Page<UpstreamAgent>> =>
  walkPages(async (token) =>
    readPage(await ask(client, { method: 'GET', path: AGENTS, query: pageQuery(token) }), 'data', readAgent),
  );

const askForNumber = async (client: UpstreamClient, question: Question): Promise<UpstreamNumber> => {
  const read = readNumber(await ask(client, question));
  if (read.isUsable) return read.item;
  throw new UpstreamError('unexpected_answer', `The platform’s answer is no phone number: ${read.why}`, {
    mayHaveChanged: question.method !== 'GET',
  });
};

const isListed = async (client: UpstreamClient, id: string): Promise<boolean> => {
  for await (const { items, unusable } of listNumbers(client))
    if ([...items, ...unusable].some((each) => each.id === id)) return true;
  return false;
};

/**
 * A missing number was a plain 500 once, and what has taken the platform's place answers 404 to everything: a
 * number is gone only where the list is answered, and is without it.
 */
const getNumber = async (
  client: UpstreamClient,
  id: string,
  listed?: ReadonlySet<string>,
): Promise<UpstreamNumber> => {
  try {
    return await askForNumber(client, { method: 'GET', path: NUMBERS, id });
  } catch (error) {
    if (!(error instanceof UpstreamError) || (error.code !== 'not_found' && error.status !== 500))
      throw error;
    const { status } = error;
    throw (listed?.has(id) ?? (await isListed(client, id)))
      ? new UpstreamError(
          'unavailable',
          `The platform lists this number, but does not answer it (${status}).`,
          {
            status,
          },
        )
      : new UpstreamError('not_found', 'The platform does not have this number.', { status });
  }
};

const check = async (client: UpstreamClient): Promise<CheckResult> => {
  const keyExpiresAt = keyEnd(client.credentials.api_key);
  try {
    const { items, unusable } = await numbersPage(client, null);
    const numbersSeen = items.length + unusable.length;
    return { state: 'ok', reason: null, message: null, keyExpiresAt, numbersSeen };
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    const { code, message, reason } = error;
    const state = code === 'credentials_refused' || code === 'forbidden' ? 'refused' : 'unreachable';
    return { state, reason: reason ?? code, message, keyExpiresAt, numbersSeen: null };
  }
};

/** The voice platform: who answers on a number, its name and its trunk's secrets. */
export const verbex: ConnectionKind = {
  kind: 'verbex',
  role: 'platform',
  defaultBaseUrl: 'https://api.verbex.ai',
  credentials: ['api_key'],
  fieldsOf,
  check,
  listNumbers,
  listAgents,
  readRecord: (raw) => {
    const read = readNumber(raw);
    return read.isUsable ? read.item : null;
  },
  getNumber,
  patchNumber: (client, id, fields) =>
    askForNumber(client, { method: 'PATCH', path: NUMBERS, id, body: fields }),
  createNumber: (client, { phone_number, provider, fields }) =>
    askForNumber(client, { method: 'POST', path: NUMBERS, body: { ...fields, phone_number, provider } }),
  deleteNumber: async (client, id) => {
    await ask(client, { method: 'DELETE', path: NUMBERS, id });
  },
};
