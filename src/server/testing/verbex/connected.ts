import { expect, test as base } from 'vitest';
import { agentAnswerSchema, type Agent } from '#contract/agents.ts';
import { connectionSchema, type Connection } from '#contract/connections/connections.ts';
import { phoneNumberSchema, type PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { addNumber, getNumber } from '#server/testing/given.ts';
import { openTestApp, type Caller, type TestAnswer, type TestApp } from '#server/testing/test-app.ts';
import type { StandInRecord } from './records.ts';
import { startVerbex, type VerbexStandIn } from './start-verbex.ts';

/** An app with a connection to a stand-in of Verbex, and what tests do with it. */
export interface Connected {
  cordboard: TestApp;
  verbex: VerbexStandIn;
  /** An admin. */
  as: Caller;
  connection: Connection;
  addAgent: (name: string, upstreamId?: string) => Promise<Agent>;
  link: (id: string, body?: object) => Promise<TestAnswer<unknown>>;
  /** One of the acts on its link: `retry`, `keep-mine` and so on. */
  act: (id: string, name: string, body?: object) => Promise<TestAnswer<unknown>>;
  patch: (id: string, body: object, headers?: Record<string, string>) => Promise<TestAnswer<unknown>>;
  /** The number, once its link is in this state. */
  until: (id: string, state: string) => Promise<PhoneNumber>;
  /** A new number that is there, too, and equal on both sides. */
  linked: (body?: Record<string, unknown>) => Promise<PhoneNumber>;
  /** What the stand-in has of a number. */
  thereOf: (number: Pick<PhoneNumber, 'phone_number'>) => StandInRecord | undefined;
  /** What was asked of the stand-in that is no reading. */
  writes: () => string[];
}

const TELLS_WITHIN_MS = 8000;

export const linkPath = (id: string, act = '') => `/v1/phone-numbers/${id}/links/platform${act && `/${act}`}`;
export const numberOf = ({ body }: TestAnswer<unknown>): PhoneNumber => phoneNumberSchema.parse(body);
export const stateOf = ({ links }: PhoneNumber) => links[0]?.state;

const connect = async (cordboard: TestApp, verbex: VerbexStandIn): Promise<Connected> => {
  const as = await cordboard.signedInAs('admin');
  const answer = await as.request('POST', '/v1/connections', {
    body: {
      kind: 'verbex',
      name: 'Verbex',
      settings: { base_url: verbex.url },
      credentials: { api_key: verbex.state.key },
    },
  });
  const connection = connectionSchema.parse(answer.body);
  const { connection_id: id } = connection;
  const link: Connected['link'] = (number, body = {}) =>
    as.request('POST', `/v1/phone-numbers/${number}/links`, {
      body: { role: 'platform', connection_id: id, ...body },
    });
  const until: Connected['until'] = async (number, state) => {
    const look = async () => stateOf(await getNumber(as, number));
    await expect.poll(look, { timeout: TELLS_WITHIN_MS }).toBe(state);
    return getNumber(as, number);
  };
  return {
    cordboard,
    verbex,
    as,
    connection,
    link,
    until,
    async addAgent(name, upstreamId) {
      const ids = upstreamId === undefined ? {} : { upstream_ids: { [id]: upstreamId } };
      const added = await as.request('POST', '/v2/ai-agents', { body: { agent_name: name, ...ids } });
      return agentAnswerSchema.parse(added.body).data;
    },
    act: (number, name, body) =>
      as.request('POST', linkPath(number, name), body === undefined ? {} : { body }),
    patch: (number, body, headers = {}) =>
      as.request('PATCH', `/v1/phone-numbers/${number}`, { body, headers }),
    async linked(body = {}) {
      const number = await addNumber(as, body);
      expect((await link(number._id)).status).toBe(202);
      return until(number._id, 'synced');
    },
    thereOf: ({ phone_number: number }) =>
      [...verbex.state.numbers.values()].find((record) => record.phone_number === number),
    writes: () => verbex.requests.filter(({ method }) => method !== 'GET').map(({ method }) => method),
  };
};

/** vitest's `test`, with all that under the name `connected`, over empty tables. */
export const test = base.extend<{
  opened: Awaited<ReturnType<typeof openTestApp>>;
  connected: Connected;
}>({
  opened: [
    // oxlint-disable-next-line no-empty-pattern -- vitest reads the pattern to know what a fixture needs
    async ({}, provide) => {
      const opened = await openTestApp({ unsafeAllowLoopback: true });
      await provide(opened);
      opened.test.app.close();
    },
    { scope: 'file' },
  ],
  connected: async ({ opened }, provide) => {
    await opened.reset();
    const verbex = await startVerbex();
    await provide(await connect(opened.test, verbex));
    await verbex.close();
  },
});
