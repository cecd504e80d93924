import { describe, expect, test } from 'vitest';
import { formatTyped, guessCountry, readTyped } from './format-typed.ts';

describe('a typed number', () => {
  test.each([
    ['+880 1711-204418', '+8801711204418'],
    ['0044 20 7946 0958', '+442079460958'],
    ['+1 (415) 555-2671', '+14155552671'],
    ['(415) 555-2671', null],
    ['+880', null],
    ['', null],
  ])('%s will be stored as %s', (typed, stored) => expect(readTyped(typed).stored).toBe(stored));

  test('without a country it says so, and only when it is long enough to be a number', () => {
    expect(readTyped('(415) 555-2671').isWithoutCountry).toBe(true);
    expect(readTyped('41').isWithoutCountry).toBe(false);
    expect(readTyped('+14155552671').isWithoutCountry).toBe(false);
  });
});

describe('laying it out', () => {
  test('what is pasted is laid out', () => {
    expect(formatTyped('+8801711204418', '')).toBe('+880 1711 204418');
    expect(formatTyped('004420 7946 0958', '')).toBe('+44 20 7946 0958');
  });
  test('what is being deleted is left alone', () => expect(formatTyped('+880 1711-', '+880 1711-2')).toBe('+880 1711-'));
  test('what has no country is left alone', () => expect(formatTyped('(415) 555-2671', '')).toBe('(415) 555-2671'));
});

describe('a number without its country', () => {
  test('is offered as one of the countries of the browser', () => {
    expect(guessCountry('(415) 555-2671', ['en-US'])).toEqual(['+1 415 555 2671']);
    expect(guessCountry('01711-204418', ['bn', 'en-GB'])).toEqual(['+880 1711 204418', '+44 1711 204418']);
  });
  test('is offered as nothing where it fits none', () => expect(guessCountry('123456', ['en-US'])).toEqual([]));
});
