import { describe, expect, test } from 'vitest';
import { defaultColumns, listColumns, type ListColumn } from '#contract/numbers/list/list-columns.ts';
import { orderFor, shownOf, stepped } from './order.ts';

const without = (columns: readonly ListColumn[], ...gone: ListColumn[]) =>
  columns.filter((id) => !gone.includes(id));

describe('the order of the panel', () => {
  test('begins with what is shown, as it is shown, and has every other column but the number behind', () => {
    const order = orderFor(['phone_number', 'country', 'labels']);
    expect(order.slice(0, 2)).toEqual(['country', 'labels']);
    expect([...order].sort()).toEqual(without(listColumns, 'phone_number').sort());
    // Also where the number was stored elsewhere than first.
    expect(orderFor(['country', 'phone_number', 'labels'])).toEqual(order);
  });

  test('stays while a box is unticked and ticked, so that the column comes back where it was', () => {
    const order = orderFor(defaultColumns);
    const shown = without(defaultColumns, 'provider');
    expect(orderFor(shown, order)).toBe(order);
    expect(orderFor(defaultColumns, orderFor(shown, order))).toBe(order);
  });

  test('follows what came from elsewhere', () => {
    const order = orderFor(defaultColumns);
    const elsewhere: ListColumn[] = ['phone_number', 'updated_at', 'friendly_name'];
    expect(orderFor(elsewhere, order).slice(0, 2)).toEqual(['updated_at', 'friendly_name']);
  });

  test('moves one step at a time, past hidden columns too, and no further than its ends', () => {
    const order = orderFor(['phone_number', 'labels', 'country']);
    const down = stepped(order, 'labels', 1);
    expect(down?.slice(0, 2)).toEqual(['country', 'labels']);
    expect(down && stepped(down, 'labels', -1)).toEqual(order);
    expect(stepped(order, 'labels', -1)).toBeUndefined();
    const last = order.at(-1);
    expect(last && stepped(order, last, 1)).toBeUndefined();
  });
});

test('what is stored is what is shown, the number first', () => {
  const shown = new Set<ListColumn>(['labels', 'friendly_name']);
  expect(shownOf(['labels', 'provider', 'friendly_name'], (id) => shown.has(id))).toEqual([
    'phone_number',
    'labels',
    'friendly_name',
  ]);
});
