import { useState } from 'react';
import type { ApiKey, ApiKeyOutcome } from '#contract/api-keys.ts';

export type KeyAnswers = ReadonlyMap<string, ApiKeyOutcome>;

/**
 * What was answered, by the key's id. Keys may come and go meanwhile: an answer stays, and is sent while its
 * key is there.
 */
export const useKeyAnswers = (keys: readonly ApiKey[]) => {
  const [answers, setAnswers] = useState<KeyAnswers>(new Map());
  const onAnswer = (answered: readonly ApiKey[], answer: ApiKeyOutcome) =>
    setAnswers(
      (before) => new Map([...before, ...answered.map(({ api_key_id }) => [api_key_id, answer] as const)]),
    );
  const toSend = Object.fromEntries(
    keys.flatMap(({ api_key_id: id }) => {
      const answer = answers.get(id);
      return answer === undefined ? [] : [[id, answer] as const];
    }),
  );
  return { answers, onAnswer, toSend, openCount: keys.length - Object.keys(toSend).length };
};
