import { lookOf } from '#contract/reading/text.ts';

/** By value, what people call each of a few. */
export type ChoiceNames = Readonly<Record<string, string>>;

/** `SIP trunk (sip), Twilio (twilio) or Platform (pia)`: what people see, and what stands for it in a file. */
export const choiceWords = (names: ChoiceNames): string => {
  const words = Object.entries(names).map(([value, name]) => `${name} (${value})`);
  const [others, last] = [words.slice(0, -1), words.slice(-1)];
  return [...(others.length > 0 ? [others.join(', ')] : []), ...last].join(' or ');
};

/** The value that is meant, written as itself or as what people call it; null where it is none of them. */
export const readChoice = (names: ChoiceNames, text: string): string | null => {
  const look = lookOf(text);
  const found = Object.entries(names).find(([value, name]) => [value, lookOf(name)].includes(look));
  return found?.[0] ?? null;
};
