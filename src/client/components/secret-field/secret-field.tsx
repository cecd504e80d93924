import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { toApiError } from '#client/api/api-error.ts';
import { classes } from '#client/lib/classes.ts';
import { changedClass, type FormControl } from '#client/components/form/form-sheet-field.tsx';
import { copySecret } from './secret-field-copy.ts';
import { SecretInput } from './secret-field-input.tsx';
import { useShownSecret, type ShownSecret } from './secret-field-shown.ts';
import { Button } from '#client/components/ui/button.tsx';
import { controlClass } from '#client/components/ui/input.tsx';

const DOTS = '••••••••';
const COPIED_MS = 2500;

export interface SecretNote {
  text: string;
  isError: boolean;
}

interface SecretFieldProps {
  /** For the label and the notes of the field around it. */
  control: FormControl;
  /** What the secret is called, in a sentence: `trunk password`. */
  name: string;
  isSet: boolean;
  /** What will be saved: empty is unchanged, null clears, anything else replaces. */
  draft: string | null;
  onDraft: (draft: string | null) => void;
  onBlur?: () => void;
  /**
   * Asks for the secret itself; null when the operator decided against it. Absent where it may not be asked
   * for.
   */
  read?: () => Promise<ShownSecret | null>;
  mayReplace: boolean;
  canClear: boolean;
  /** Says what is shown or failed just now, for the note under the field. */
  onNote: (note: SecretNote | null) => void;
}

const ring = (left: number, whole: number) => ({
  background: `conic-gradient(var(--cord) ${(left / whole) * 100}%, var(--line-2) 0)`,
});

/** A secret that is set: eight dots until it is asked for, on the record; replaced without being seen. */
export const SecretField = (props: SecretFieldProps) => {
  const { control, name, isSet, draft, onDraft, read, mayReplace, canClear, onNote } = props;
  const { shown, secondsLeft, show, hide } = useShownSecret();
  const [isReplacing, setIsReplacing] = useState(false);
  const [busy, setBusy] = useState<'reveal' | 'copy' | null>(null);
  const [isCopied, setIsCopied] = useState(false);
  const replaceButton = useRef<HTMLButtonElement>(null);
  // Saved or discarded, by the form around: the dots come back. What was emptied by hand stays open.
  const [typed, setTyped] = useState('');
  if (typed !== '' && draft === '') {
    setTyped('');
    setIsReplacing(false);
  }
  const isTyping = isReplacing || (draft !== null && draft !== '');

  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  useEffect(() => {
    if (shown !== null)
      onNote({ text: `Hides in ${secondsLeft} s. Shown to you on the record.`, isError: false });
    else onNote(null);
  }, [shown, secondsLeft, onNote]);

  const attempt = async (what: 'reveal' | 'copy', act: () => Promise<void>) => {
    setBusy(what);
    onNote(null);
    try {
      await act();
    } catch (thrown) {
      onNote({ text: toApiError(thrown).detail, isError: true });
    } finally {
      setBusy(null);
    }
  };
  const reveal = () =>
    attempt('reveal', async () => {
      const secret = await read?.();
      if (secret) show(secret);
    });
  const copy = () =>
    attempt('copy', async () => {
      const isDone = await copySecret(async () => shown?.value ?? (await read?.())?.value ?? null);
      setIsCopied(isDone);
    });
  const startReplacing = () => {
    hide();
    setIsReplacing(true);
  };
  const clear = () => {
    hide();
    onDraft(null);
  };
  const cancel = () => {
    // Drawn at once: the button that takes the focus was not there.
    flushSync(() => {
      setTyped('');
      onDraft('');
      setIsReplacing(false);
    });
    replaceButton.current?.focus();
  };

  if (isTyping) {
    return (
      <div className="flex items-center gap-2">
        <SecretInput
          {...control}
          // The operator has just asked for this field.
          // eslint-disable-next-line jsx-a11y/no-autofocus
          autoFocus={isReplacing}
          placeholder={isSet ? 'Empty leaves it unchanged' : undefined}
          value={draft ?? ''}
          onChange={({ target }) => {
            setTyped(target.value);
            onDraft(target.value);
          }}
          onBlur={props.onBlur}
          className={changedClass}
        />
        <Button variant="ghost" size="sm" onClick={cancel}>
          Cancel
        </Button>
      </div>
    );
  }
  const isCleared = draft === null;
  return (
    <fieldset
      id={control.id}
      tabIndex={-1}
      aria-labelledby={control['aria-labelledby']}
      aria-describedby={control['aria-describedby']}
      data-changed={control['data-changed']}
      className={classes(
        controlClass,
        'flex min-h-8.5 flex-wrap items-center gap-x-3 px-2.5 py-1',
        changedClass,
      )}
    >
      {isCleared || !isSet ? (
        <span className="text-ink-3">{isCleared ? 'Will be cleared' : 'Not set'}</span>
      ) : shown ? (
        <code className="font-mono text-sm wrap-anywhere select-all">{shown.value}</code>
      ) : (
        // There is no picture to load: the dots stand for one thing, and are read as one.
        // eslint-disable-next-line jsx-a11y/prefer-tag-over-role
        <span className="font-mono tracking-widest" role="img" aria-label={`The ${name} is set and hidden`}>
          {DOTS}
        </span>
      )}
      <span className="-mr-1.5 ml-auto flex items-center gap-0.5">
        {shown && (
          <span
            aria-hidden="true"
            className="mr-1 size-3.5 rounded-full"
            style={ring(secondsLeft, shown.hide_after_seconds)}
          />
        )}
        {isCleared ? (
          <Button variant="ghost" size="sm" onClick={() => onDraft('')}>
            Keep it
          </Button>
        ) : (
          <>
            {isSet && read && (
              <>
                <Button
                  variant="ghost"
                  size="sm"
                  isBusy={busy === 'reveal'}
                  aria-label={`${shown ? 'Hide' : 'Reveal'} the ${name}`}
                  onClick={() => (shown ? hide() : void reveal())}
                >
                  {shown ? 'Hide' : 'Reveal'}
                </Button>
                <Button
                  variant="ghost"
                  size="sm"
                  isBusy={busy === 'copy'}
                  aria-label={`Copy the ${name}`}
                  onClick={() => void copy()}
                >
                  {isCopied ? 'Copied' : 'Copy'}
                </Button>
              </>
            )}
            {mayReplace && (
              <Button
                ref={replaceButton}
                variant="ghost"
                size="sm"
                aria-label={`${isSet ? 'Replace' : 'Set'} the ${name}`}
                onClick={startReplacing}
              >
                {isSet ? 'Replace' : 'Set'}
              </Button>
            )}
            {mayReplace && isSet && canClear && (
              <Button variant="ghost" size="sm" aria-label={`Clear the ${name}`} onClick={clear}>
                Clear
              </Button>
            )}
          </>
        )}
      </span>
      <output className="sr-only">{isCopied && 'Copied'}</output>
    </fieldset>
  );
};
