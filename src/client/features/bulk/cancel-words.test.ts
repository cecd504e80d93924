import { expect, test } from 'vitest';
import { cancelWords } from './cancel-words.ts';

test.each([
  ['patch', ['notes'], ['undone afterwards', '“Run the rest”'], ['credential']],
  ['delete', [], ['undone afterwards', '“Run the rest”'], ['credential']],
  ['patch', ['sip_trunk_password'], ['undone afterwards', 'but for credentials'], ['“Run the rest”']],
  ['rotate', [], ['those of before are not kept'], ['undone', '“Run the rest”']],
  ['undo', [], ['“Undo the rest”'], ['undone', '“Run the rest”']],
  ['import', [], ['undone afterwards', 'import the file again'], ['“Run the rest”']],
] as const)(
  'of a cancelled %s with %j only what there is afterwards is promised',
  (kind, fields, said, not) => {
    const words = cancelWords({ kind, fields: [...fields] });
    for (const part of said) expect(words).toContain(part);
    for (const part of not) expect(words).not.toContain(part);
  },
);
