import { useState } from 'react';
import { newKey } from '#client/lib/new-key.ts';
import { isJudged, toApiError } from './api-error.ts';

type Once = <Answer>(asked: unknown, act: (idempotencyKey: string) => Promise<Answer>) => Promise<Answer>;

/**
 * Runs an act under a key of its own. The promise: pressed again while nobody knows what became of the very
 * same, it is that act, and done once; asked again after an answer it is another one. A key never stands for
 * two intents, and nothing is sent but what is pressed.
 */
export const createOnce = (): Once => {
  let unknown: { asked: string; key: string } | null = null;
  return async (asked, act) => {
    const text = JSON.stringify(asked);
    const own = unknown?.asked === text ? unknown : { asked: text, key: newKey() };
    unknown = own;
    const settle = () => {
      if (unknown === own) unknown = null;
    };
    try {
      const answer = await act(own.key);
      settle();
      return answer;
    } catch (thrown) {
      if (isJudged(toApiError(thrown))) settle();
      throw thrown;
    }
  };
};

export const useOnce = (): Once => useState(createOnce)[0];
