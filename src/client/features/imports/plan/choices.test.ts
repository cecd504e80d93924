import { expect, test } from 'vitest';
import { columnsOf, isSameChoice, queryOf, usualChoices, withTarget } from './choices.ts';

test('a column that takes over what another held leaves that one out', () => {
  const columns = columnsOf(['Number', 'Tel', 'Name'], null);
  expect(columns.map(({ target }) => target)).toEqual(['phone_number', null, 'friendly_name']);
  expect(withTarget(columns, 'Tel', 'phone_number')).toEqual({
    Number: null,
    Tel: 'phone_number',
    Name: 'friendly_name',
  });
});

test('a mapping is sent where one was chosen, and names what is imported', () => {
  expect(queryOf(usualChoices, true)).toMatchObject({ digits: 'refuse', mapping: undefined });
  expect(queryOf({ ...usualChoices, defaultProvider: 'sip' }, false)).toMatchObject({
    default_provider: 'sip',
  });
  const chosen = { ...usualChoices, mapping: { Tel: 'phone_number', Memo: null } as const };
  expect(queryOf(chosen, true)?.mapping).toBe('{"Tel":"phone_number"}');
  expect(queryOf(chosen, false)?.mapping).toBeUndefined();
});

test('whatever is chosen otherwise is another choice', () => {
  const others = [
    { mapping: { Tel: null } },
    { defaultCountry: 'GB' },
    { digits: 'international' },
    { existing: 'update' },
    { unknownAgents: 'create' },
    { defaultProvider: 'pia' },
  ] as const;
  expect(isSameChoice(['Tel'], usualChoices, { ...usualChoices, mapping: { Tel: 'phone_number' } })).toBe(
    true,
  );
  for (const other of others)
    expect(isSameChoice(['Tel'], usualChoices, { ...usualChoices, ...other })).toBe(false);
});
