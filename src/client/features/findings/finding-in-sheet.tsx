import { useState } from 'react';
import { Button } from '#client/components/ui/button.tsx';
import { findingToMend } from './finding-to-mend.ts';
import { Severity } from './severity.tsx';

/** Why the sheet was opened, where that was a finding, and the way back to it. */
export const FindingInSheet = ({ onBack }: { onBack: () => void }) => {
  const [finding] = useState(findingToMend);
  if (finding === undefined) return null;
  const { severity, message, fix } = finding;
  return (
    <aside aria-label="Finding" className="flex items-start gap-2.5 border-b bg-paper px-4 py-2.5 sm:px-6">
      <Severity severity={severity} />
      <p className="min-w-0 flex-1 wrap-anywhere">
        {message} <span className="text-ink-2">{fix}</span>
      </p>
      <Button variant="outline" size="sm" onClick={onBack}>
        Back to findings
      </Button>
    </aside>
  );
};
