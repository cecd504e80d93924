import { CircleXIcon, TriangleAlertIcon } from 'lucide-react';
import type { EstateFinding } from '#contract/numbers/route.ts';

/** How bad it is, as a sign and in a word for who does not see it. */
export const Severity = ({ severity }: Pick<EstateFinding, 'severity'>) => (
  <>
    {severity === 'error' ? (
      <CircleXIcon aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-harm" />
    ) : (
      <TriangleAlertIcon aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-warn" />
    )}
    <span className="sr-only">{severity === 'error' ? 'Error: ' : 'Warning: '}</span>
  </>
);
