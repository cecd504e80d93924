import { randomBytes } from 'node:crypto';
import type { Connection } from '#contract/connections/connections.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { startVerbex } from '#server/testing/verbex/start-verbex.ts';
import { addNumber, type Caller } from '../../http.ts';

const canary = (at: number) => `ca"n&a<r/y+${at}=%${randomBytes(6).toString('hex')}`;

export const makeLinkCanaries = () => ({ linkedPassword: canary(11), replacedThere: canary(12) });

type Hear = Caller['request'];

/**
 * A number is linked to a platform that tells its secrets in clear, is changed, and put back: what was there before
 * each write is kept, sealed.
 */
export const liveWithLinks = async (
  caller: Caller,
  hear: Hear,
  { linkedPassword, replacedThere }: ReturnType<typeof makeLinkCanaries>,
): Promise<void> => {
  const verbex = await startVerbex({ secrets: 'clear' });
  try {
    const { connection_id: connectionId } = await caller.send<Connection>('POST', '/v1/connections', {
      kind: 'verbex',
      name: 'Leak links',
      settings: { base_url: verbex.url },
      credentials: { api_key: verbex.state.key },
    });
    const { _id: id } = await addNumber(caller, 'sip', { sip_trunk_password: linkedPassword });
    const path = `/v1/phone-numbers/${id}`;
    const untilStands = async () => {
      for (;;) {
        const { links } = (await hear('GET', path)).json<PhoneNumber>();
        if (links[0] !== undefined && !['pending', 'retrying'].includes(links[0].state)) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    const act = async (method: string, at: string, body?: unknown) => {
      const answer = await hear(method, at, body === undefined ? {} : { body });
      if (answer.status >= 300) throw new Error(`${method} ${at} answered ${answer.status}: ${answer.text}`);
      await untilStands();
    };
    await act('POST', `${path}/links`, { role: 'platform', connection_id: connectionId });
    await act('PATCH', path, { friendly_name: 'Before the other' });
    await act('PATCH', path, { sip_trunk_password: replacedThere });
    // Refused there, with what was sent in its words.
    verbex.next(null, {
      does: 'answer',
      status: 422,
      body: {
        detail: [{ loc: ['body', 'sip_trunk_password'], msg: `Not ${replacedThere}`, input: replacedThere }],
      },
    });
    await act('PATCH', path, { friendly_name: 'Refused there' });
    for (const list of [`${path}/links/platform`, '/v1/pending-changes', '/v1/drift', `${path}/history`])
      await hear('GET', list);
    await act('POST', `${path}/links/platform/retry`);
    for (const record of verbex.state.numbers.values()) record['sip_trunk_password'] = linkedPassword;
    await act('PATCH', path, { friendly_name: 'Changed there, too' });
    await hear('GET', `${path}/links/platform`);
    await hear('GET', '/v1/drift');
    await act('POST', `${path}/links/platform/take-theirs`, {});
    await act('POST', `${path}/links/platform/restore`, {});
    await hear('GET', `${path}/links/platform`);
  } finally {
    await verbex.close();
  }
};
