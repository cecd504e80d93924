import { expect, test } from 'vitest';
import { choiceWords, readChoice } from './choice-words.ts';
import { fieldNames, fieldOf } from './fields.ts';
import { providerNames } from './choices.ts';

const everyChoice = [
  providerNames,
  ...fieldNames.flatMap((name) => {
    const { choices } = fieldOf(name);
    return choices === undefined ? [] : [choices];
  }),
];

test('each value is read as itself and as what people call it, however it is spelled', () => {
  for (const names of everyChoice)
    for (const [value, name] of Object.entries(names))
      for (const text of [value, value.toUpperCase(), name, ` ${name.toUpperCase()} `, name.toLowerCase()])
        expect(readChoice(names, text)).toBe(value);
  expect(readChoice(providerNames, 'gsm')).toBeNull();
  expect(readChoice(providerNames, 'toString')).toBeNull();
});

test('what may be written is told with what people see', () => {
  expect(choiceWords(providerNames)).toBe('SIP trunk (sip), Twilio (twilio) or Platform (pia)');
  expect(choiceWords({ one: 'One' })).toBe('One (one)');
});
