import type { ApiKey, ApiKeyOutcome } from '#contract/api-keys.ts';
import { Choice } from '#client/components/choice.tsx';
import { RelativeTime } from '#client/components/relative-time.tsx';
import { Button } from '#client/components/ui/button.tsx';
import type { KeyAnswers } from './use-key-answers.ts';

const names: Record<ApiKeyOutcome, string> = { take_over: 'Take over', end: 'End' };

interface Props {
  keys: readonly ApiKey[];
  /** One's own keys cannot be taken over by oneself. */
  options: readonly ApiKeyOutcome[];
  answers: KeyAnswers;
  onAnswer: (keys: readonly ApiKey[], answer: ApiKeyOutcome) => void;
  /** True once it was tried with keys left out: those say so. */
  isJudged: boolean;
}

const KeyFacts = ({ hint, scopes, last_used_at }: ApiKey) => (
  <p className="text-xs text-ink-3 wrap-anywhere">
    <code className="font-mono">{hint}…</code> may {scopes.join(', ')};{' '}
    {last_used_at === null ? (
      'never used'
    ) : (
      <>
        used <RelativeTime at={last_used_at} inSentence />
      </>
    )}
  </p>
);

/** Of each key, what becomes of it. Nothing is chosen beforehand: either choice may be the harmful one. */
export const KeyQuestions = ({ keys, options, answers, onAnswer, isJudged }: Props) => (
  <div className="grid gap-2">
    {keys.length > 1 && (
      <div className="flex flex-wrap gap-2">
        {options.map((option) => (
          <Button key={option} variant="outline" size="sm" onClick={() => onAnswer(keys, option)}>
            {names[option]} all
          </Button>
        ))}
      </div>
    )}
    <ul
      aria-label="Their API keys"
      className="grid max-h-[40dvh] overflow-y-auto rounded-lg border border-line-2"
    >
      {keys.map((key) => {
        const isOpen = !answers.has(key.api_key_id);
        return (
          <li
            key={key.api_key_id}
            data-open={isOpen || undefined}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5 border-line not-last:border-b px-3 py-2"
          >
            <div className="min-w-0 flex-1 basis-48">
              <p className="font-medium wrap-anywhere">
                <bdi>{key.name}</bdi>
              </p>
              <KeyFacts {...key} />
              {isJudged && isOpen && <p className="text-xs text-harm">Choose what becomes of it.</p>}
            </div>
            <Choice
              name={`key-${key.api_key_id}`}
              label={`What becomes of ${key.name}`}
              options={options}
              names={names}
              chosen={answers.get(key.api_key_id) ?? null}
              onChoose={(answer) => onAnswer([key], answer)}
            />
          </li>
        );
      })}
    </ul>
  </div>
);
