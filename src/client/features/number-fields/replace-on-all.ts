import { fieldOf, type CredentialName } from '#contract/numbers/fields.ts';
import { call } from '#client/api/call.ts';
import { changeMany } from '#client/features/bulk/questions.ts';
import { plural } from '#client/lib/words/format.ts';

/** Asks for a new credential, for all numbers whose field holds the secret of this fingerprint. */
export const replaceOnAll = async (
  name: CredentialName,
  fingerprint: string,
  holders: number,
): Promise<void> => {
  const { label, provider } = fieldOf(name);
  const filter = { fingerprint, ...(provider && { provider: [provider] }) };
  const { total_count: own = holders } = await call('GET /v1/phone-numbers', {
    query: { ...filter, page_size: 1, include: 'total' },
  });
  const left = holders - own;
  const leftOut =
    left > 0
      ? `Left out: ${plural(left, 'number')} of another provider that ${left === 1 ? 'holds' : 'hold'} the same secret. Replace it there by itself.`
      : null;
  await changeMany({
    selected: {
      select: { filter },
      words: `all ${plural(own, 'number')} that share this ${label.toLowerCase()}`,
    },
    ask: { kind: 'rotate', credential: name, leftOut },
  });
};
