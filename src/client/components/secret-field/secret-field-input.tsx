import type { ComponentProps } from 'react';
import { classes } from '#client/lib/classes.ts';
import { controlClass } from '#client/components/ui/input.tsx';

/** Told to every password manager we know of: this is a carrier's credential, not the operator's own. */
const keepManagersAway = {
  autoComplete: 'one-time-code',
  'data-1p-ignore': '',
  'data-lpignore': 'true',
  'data-bwignore': 'true',
  'data-form-type': 'other',
} as const;

/**
 * Where a credential is typed. It is a text field drawn as dots, because browsers offer to fill in and to
 * keep whatever is typed into a field of the type password; and it has no name for them to know it by.
 */
export const SecretInput = ({ className, ...props }: Omit<ComponentProps<'input'>, 'type' | 'name'>) => (
  <input
    type="text"
    spellCheck={false}
    autoCapitalize="none"
    autoCorrect="off"
    {...keepManagersAway}
    className={classes(controlClass, 'h-8.5 px-2.5 font-mono [-webkit-text-security:disc]', className)}
    {...props}
  />
);
