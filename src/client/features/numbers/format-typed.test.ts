import { describe, expect, test } from 'vitest';
import { formatTyped, guessNumbers } from './format-typed.ts';

describe('laying it out', () => {
  test('what is pasted is laid out', () => {
    expect(formatTyped('+8801711204418', '')).toBe('+880 1711 204418');
    expect(formatTyped('004420 7946 0958', '')).toBe('+44 20 7946 0958');
    expect(formatTyped('＋٤٤2079460958', '')).toBe('+44 20 7946 0958');
  });
  test('what is being deleted is left alone', () =>
    expect(formatTyped('+880 1711-', '+880 1711-2')).toBe('+880 1711-'));
  test('what has brackets is left alone, so that a (0) can be typed', () => {
    for (const typed of ['+44 (', '+44 (0', '+44 (0)2', '+44 （0）'])
      expect(formatTyped(typed, typed.slice(0, -1))).toBe(typed);
  });
  test('what has no country is left alone', () =>
    expect(formatTyped('(415) 555-2671', '')).toBe('(415) 555-2671'));
});

describe('a number without its country', () => {
  test('is offered as one of the countries of the browser', () => {
    expect(guessNumbers('(415) 555-2671', ['en-US'])).toEqual(['+1 415 555 2671']);
    expect(guessNumbers('01711-204418', ['bn', 'en-GB'])).toEqual(['+880 1711 204418', '+44 1711 204418']);
  });
  test('is offered as nothing where it fits none', () =>
    expect(guessNumbers('123456', ['en-US'])).toEqual([]));
});
