import { AsYouType } from 'libphonenumber-js/min';
import { normalisePhoneNumber } from '#contract/primitives.ts';

/** What a typed number will become. Nothing here says whether it is right: these metadata are too small for that. */
export const readTyped = (typed: string) => {
  const stored = normalisePhoneNumber(typed);
  return {
    stored: /^\+[1-9]\d{4,14}$/.test(stored) ? stored : null,
    /** Digits enough for a number, and no country in front of them. */
    isWithoutCountry: /^\d{6,}$/.test(stored),
  };
};

/** The number laid out as people of its country write it. While something is being deleted it is left alone. */
export const formatTyped = (typed: string, before: string): string => {
  const plain = normalisePhoneNumber(typed);
  const isDeleting = before.startsWith(typed) && typed.length < before.length;
  if (isDeleting || !/^\+\d+$/.test(plain)) return typed;
  return new AsYouType().input(plain);
};
