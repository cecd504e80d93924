import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEgress } from '#server/platform/egress/egress.ts';
import type { UpstreamClient } from '#server/features/connections/kinds/upstream/connection-kind.ts';
import { UpstreamError } from '#server/features/connections/kinds/upstream/upstream-error.ts';
import type { Fault } from '#server/testing/verbex/faults.ts';
import { startVerbex, type VerbexStandIn } from '#server/testing/verbex/start-verbex.ts';
import { readProblems } from './read-refusal.ts';
import { verbex } from './verbex.ts';

let platform: VerbexStandIn;
let client: UpstreamClient;
beforeEach(async () => {
  platform = await startVerbex();
  const egress = createEgress({ allowedNetworks: [], allowLoopback: true });
  client = { egress, baseUrl: platform.url, credentials: { api_key: platform.state.key } };
});
afterEach(() => platform.close());

const letters = 'abcdefghijklmnopqrstuvwxyz'.split('');
const ofEach = (value: unknown) => Object.fromEntries(letters.map((letter) => [letter, value]));

describe('a list', () => {
  test.for<[string, Fault, string]>([
    [
      'of more items than a page has',
      { does: 'answer', status: 200, body: { phone_numbers: Array.from({ length: 1001 }, () => 0) } },
      'unexpected_answer',
    ],
    [
      'with a token that no address has room for',
      { does: 'answer', status: 200, body: { phone_numbers: [], next_page_token: 't'.repeat(2049) } },
      'unexpected_answer',
    ],
    ['of more bytes than its records need', { does: 'answer_much', bytes: 2_000_001 }, 'too_large'],
  ])('%s is not read', async ([, fault, reason]) => {
    platform.next(fault);
    expect(await verbex.check(client)).toMatchObject({ state: 'unreachable', reason, numbersSeen: null });
  });
});

describe('a refusal', () => {
  test('of any depth is read to a depth', () => {
    let deep: unknown = 'far down';
    for (let levels = 0; levels < 100_000; levels++) deep = { deeper: deep };
    expect(readProblems({ detail: deep }, [])).toEqual([]);
    expect(readProblems({ detail: { settings: { friendly_name: 'too long' } } }, [])).toMatchObject([
      { message: 'too long' },
    ]);
  });

  test('of any breadth says twenty things', () => {
    expect(readProblems({ detail: ofEach(ofEach(letters)) }, [])).toHaveLength(20);
    expect(readProblems({ detail: ofEach('wrong') }, [])).toHaveLength(20);
  });

  test('of many words is a message of a thousand characters at most', async () => {
    const body = { detail: letters.map(() => 'wrong '.repeat(200)) };
    platform.next({ does: 'answer', status: 400, body });
    const error: unknown = await verbex.patchNumber(client, 'any', {}).catch((thrown: unknown) => thrown);
    if (!(error instanceof UpstreamError)) throw error;
    expect(error.message.length).toBeGreaterThan(500);
    expect(error.message.length).toBeLessThanOrEqual(1000);
  });

  test('of a read is not quoted', async () => {
    for (const status of [400, 500]) {
      platform.next({ does: 'answer', status, body: { detail: 'what it says' } });
      expect((await verbex.check(client)).message).not.toContain('what it says');
    }
  });

  test('of more bytes than it needs is not read', async () => {
    platform.next({ does: 'answer', status: 400, body: { detail: 'x'.repeat(300_000) } });
    expect(await verbex.check(client)).toMatchObject({ reason: 'not_json' });
  });
});
