import { enforcement, type Enforcement } from '#contract/numbers/call-defaults.ts';
import type { CallHandlingName } from '#contract/numbers/call-handling.ts';
import { Badge } from '#client/components/ui/badge.tsx';

export const enforcementWords: Record<Enforcement, { name: string; meaning: string }> = {
  enforced: {
    name: 'Enforced',
    meaning: 'The decision endpoint obeys it: a call that breaks it is declined.',
  },
  passed: {
    name: 'Passed on',
    meaning: 'Handed to the telephony runtime with each decision. The runtime must obey it.',
  },
};

/** Whether the preferences of a section, of which one is named, are obeyed here or only handed on. */
export const EnforcementBadge = ({ of }: { of: CallHandlingName }) => {
  const { name, meaning } = enforcementWords[enforcement[of]];
  return (
    <Badge
      title={meaning}
      variant={enforcement[of] === 'enforced' ? 'ok' : 'default'}
      className="text-2xs! leading-3.5! font-normal"
    >
      {name}
    </Badge>
  );
};
