import { describe, expect, test } from 'vitest';
import type { ProblemDetails } from '#contract/errors.ts';
import { Problem } from '#server/problem.ts';
import { MAX_TEXT_BYTES } from '#contract/body-limits.ts';
import { openJsonScan } from './scan-json.ts';

/** What is said of a body that arrives in pieces of so many bytes; null where nothing is. */
const scan = (text: string, pieceBytes: number): ProblemDetails | null => {
  const bytes = Buffer.from(text);
  const take = openJsonScan(4096);
  try {
    for (let start = 0; start < bytes.length; start += pieceBytes)
      take(bytes.subarray(start, start + pieceBytes));
    return null;
  } catch (error) {
    if (error instanceof Problem) return error.details('');
    throw error;
  }
};

const many = (count: number, piece: string) => Array.from({ length: count }, () => piece).join();

describe.for([1, 3, 4096])('a body that comes in pieces of %i bytes', (pieceBytes) => {
  test.for([
    ['{"a":{"a":[1,{"a":"a"}]},"b":"a"}'],
    ['{"a":"{\\"a\\":1,\\"a\\":2}","b":"__proto__","c":["__proto__","__proto__"]}'],
    [String.raw`{"\u00e9":1,"e":2,"\"":3,"\\":4}`],
    ['{"a":[[[[[[[[[[[[[[1]]]]]]]]]]]]]]}'],
    ['[{"a":1},{"a":1}]'],
    ['} ] , : "'],
    [`{"a":"${'x'.repeat(MAX_TEXT_BYTES)}","b":"x"}`],
  ])('%s is let through', ([text = '']) => expect(scan(text, pieceBytes)).toBeNull());

  test.for<[string, string, string | undefined]>([
    ['{"a":1,"b":{"c":[0,{"d":1,"d":2}]}}', 'validation_failed', '/b/c/1/d'],
    [String.raw`{"a":1,"\u0061":2}`, 'validation_failed', '/a'],
    ['{"é":1,"\\u00e9":2}', 'validation_failed', '/é'],
    ['{"a":{"__proto__":1}}', 'unknown_field', undefined],
    [String.raw`{"__pro\u0074o__":1}`, 'unknown_field', undefined],
    [`{"a":${'['.repeat(16)}`, 'validation_failed', undefined],
    [`[${many(16_001, '1')}]`, 'body_too_large', undefined],
    [`{"${'k'.repeat(1025)}":1}`, 'unknown_field', undefined],
    [`{"a":{${Array.from({ length: 257 }, (_, at) => `"${at}":1`).join()}}}`, 'validation_failed', '/a'],
    [`"${String.raw`\n`.repeat(700)}"`, 'body_too_large', undefined],
    [`{"a":["x","${'x'.repeat(MAX_TEXT_BYTES + 1)}"]}`, 'validation_failed', '/a/1'],
    [`{"a":"${'x'.repeat(MAX_TEXT_BYTES + 1)}`, 'validation_failed', '/a'],
  ])('%s is refused', ([text, code, pointer]) => {
    const problem = scan(text, pieceBytes);
    expect([problem?.code, problem?.errors?.[0]?.pointer]).toEqual([code, pointer]);
  });
});
