import { expect, test } from '@playwright/test';
import { collectReport, type Line } from '../../prove/proof.ts';
import { inShort } from '../../prove/upstream/sizes.ts';
import { upstreamIn } from '../../prove/upstream/upstream.ts';

// The proof itself is `npm run prove upstream`; this is little of each of its parts, with no time judged.
test('what is saved of a linked number is on its platform, or said not to be', async () => {
  test.setTimeout(300_000);
  const lines: Line[] = [];
  await upstreamIn(inShort)(collectReport((line) => void lines.push(line)));
  const shown = ({ kind, text, seen }: Line) => `${kind}: ${text} (${seen})`;
  expect(lines.filter(({ ok }) => !ok).map(shown)).toEqual([]);
  expect(lines.length).toBeGreaterThan(15);
});
