import { expect, test } from 'vitest';
import { countLines } from './count-lines.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

test('line breaks in quotes end no line of CSV, wherever the bytes are cut', () => {
  const text = 'a,b\r\n1,"two\nlines, ""quoted"""\r\n2,x\r\n';
  const whole = countLines(true);
  expect(whole(bytes(text))).toBe(3);
  const cut = countLines(true);
  const counts = Array.from(text, (character) => cut(bytes(character)));
  expect(counts.at(-1)).toBe(3);
});

test('each line break ends a line of JSON, an odd quote in it or not', () => {
  expect(countLines(false)(bytes('{"a":"\\""}\n{"b":1}\n'))).toBe(2);
});
