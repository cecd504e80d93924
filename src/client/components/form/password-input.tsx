import { useState, type ComponentProps } from 'react';
import { Input } from '#client/components/ui/input.tsx';

/** An operator's own password; it can be looked at while it is typed. */
export const PasswordInput = (props: Omit<ComponentProps<typeof Input>, 'type'>) => {
  const [isShown, setShown] = useState(false);
  return (
    <div className="relative">
      <Input
        type={isShown ? 'text' : 'password'}
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        className="pr-14"
        {...props}
      />
      <button
        type="button"
        aria-pressed={isShown}
        aria-label="Show password"
        className="absolute inset-y-0 right-0 rounded-lg px-2.5 text-xs font-medium text-ink-2 -outline-offset-2 hover:text-ink"
        onClick={() => setShown(!isShown)}
      >
        {isShown ? 'Hide' : 'Show'}
      </button>
    </div>
  );
};
