import parsePhoneNumber from 'libphonenumber-js/max';
import { describe, expect, test as pure } from 'vitest';
import { blockedCallerSchema } from '#contract/numbers/call-handling.ts';
import { phoneNumberTextSchema } from '#contract/primitives.ts';
import { routingPatchSchema } from '#contract/numbers/routing.ts';
import { readOurEnd, readParty } from '#server/features/routing/party.ts';
import { addNumber, expectProblem, listNumbers } from '#server/testing/given.ts';
import { randomFrom, spelledNumber, type SpelledNumber } from '#server/testing/spelled-numbers.ts';
import { test } from '#server/testing/test-app.ts';
import { isFieldError, judgePhoneNumber } from '#server/features/phone-numbers/acts/judge-phone-number.ts';
import { mergeCallHandling, mergeRouting } from '#server/features/phone-numbers/acts/merge-routing.ts';
import { searchTerms } from '#server/features/phone-numbers/list/search-terms.ts';

/** By the library's own parse, and not by ours: the zero goes unless the number is itself with it. */
const expected = ({ code, national, hasZero }: SpelledNumber): string => {
  const [without, kept] = [`+${code}${national}`, `+${code}0${national}`];
  if (!hasZero) return without;
  const parsed = parsePhoneNumber(kept);
  return kept.length <= '+'.length + 15 && parsed?.number === kept && parsed.isPossible() ? kept : without;
};

const added = (spelling: string) => {
  const judged = judgePhoneNumber(phoneNumberTextSchema.parse(spelling));
  return isFieldError(judged) ? judged.message : judged.phone_number;
};

const blocked = (spelling: string) => {
  const [entry] =
    mergeCallHandling(null, { blocked_callers: [blockedCallerSchema.parse({ number: spelling })] })
      ?.blocked_callers ?? [];
  return entry && 'number' in entry ? entry.number : undefined;
};

const routed = (spelling: string) => {
  const destination = { type: 'forward', to: spelling };
  const routing = mergeRouting(
    null,
    routingPatchSchema.parse({
      rules: [{ when: { caller_in: [spelling] }, destination }],
      fallback: destination,
    }),
  );
  const [rule] = routing?.rules ?? [];
  const targets = [rule?.destination, routing?.fallback].map((each) =>
    each?.type === 'forward' ? each.to : undefined,
  );
  return [...targets, ...(rule?.when.caller_in ?? [])];
};

const finds = (spelling: string, number: string): boolean => {
  const terms = searchTerms(spelling);
  const like = (pattern: string, text: string) =>
    new RegExp(`^${pattern.replaceAll('+', '\\+').replaceAll('%', '.*')}$`, 's').test(text);
  return (
    terms.length === 1 && terms.every((term) => term.numberBegins.some((pattern) => like(pattern, number)))
  );
};

describe('random numbers in random spellings', () => {
  pure('10,000 are read alike wherever a number is read', () => {
    const random = randomFrom(8);
    let zeros = 0;
    for (let turn = 0; turn < 10_000; turn += 1) {
      const spelled = spelledNumber(random);
      const { spelling } = spelled;
      const number = expected(spelled);
      if (spelled.hasZero && number === `+${spelled.code}0${spelled.national}`) zeros += 1;
      expect({
        spelling,
        added: added(spelling),
        blocked: blocked(spelling),
        routed: routed(spelling),
        called: readOurEnd(spelling)?.number,
        calling: readParty(spelling).number ?? readParty(spelling).sent,
        isFound: finds(spelling, number),
      }).toEqual({
        spelling,
        added: number,
        blocked: number,
        routed: [number, number, number],
        called: number,
        calling: number,
        isFound: true,
      });
    }
    // Both kinds of zero were among them.
    expect(zeros).toBeGreaterThan(100);
  });

  test.for([1, 2, 3, 4, 5])(
    'some are stored, blocked, forwarded to, found and called alike: lot %i',
    async (seed, { cordboard }) => {
      const as = cordboard.as('operator');
      const random = randomFrom(seed);
      for (let turn = 0; turn < 40; turn += 1) {
        const spelled = spelledNumber(random);
        const { spelling } = spelled;
        const { phone_number: number, _id } = await addNumber(as, { phone_number: spelling });
        expect([spelling, number]).toEqual([spelling, expected(spelled)]);
        const other = await addNumber(as, {
          call_handling: { blocked_callers: [{ number: spelling }] },
          routing: { fallback: { type: 'forward', to: spelling } },
        });
        expect(other).toMatchObject({
          call_handling: { blocked_callers: [{ number }] },
          routing: { fallback: { to: number } },
        });
        expect((await listNumbers(as, { q: spelling })).phone_numbers.map((found) => found._id)).toContain(
          _id,
        );
        const call = await as.request('POST', '/v1/route', {
          body: { to: other.phone_number, from: spelling },
        });
        expect(call.body).toMatchObject({ decided_by: 'blocked_caller' });
        expect((await as.request('POST', '/v1/route', { body: { to: spelling } })).body).toMatchObject({
          phone_number_id: _id,
        });
        expectProblem(
          await as.request('POST', '/v1/phone-numbers', {
            body: { phone_number: spelling, provider: 'pia' },
          }),
          409,
          'phone_number_taken',
        );
      }
    },
  );
});
