import { expect, test } from 'vitest';
import { columnsOf, queryOf, usualChoices, withTarget } from './choices.ts';

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
  const chosen = { ...usualChoices, mapping: { Tel: 'phone_number', Memo: null } as const };
  expect(queryOf(chosen, true)?.mapping).toBe('{"Tel":"phone_number"}');
  expect(queryOf(chosen, false)?.mapping).toBeUndefined();
});
