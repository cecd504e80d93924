import type { ReactNode } from 'react';

/** What is not there yet, or does not match, and the way on. */
export const EmptyState = ({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) => (
  <div className="mx-auto grid w-full max-w-112 justify-items-start gap-3 px-6 py-16">
    <div className="grid gap-1">
      <h2 className="text-base font-semibold tracking-tight wrap-anywhere">{title}</h2>
      {children && <div className="text-ink-2 wrap-anywhere">{children}</div>}
    </div>
    {action}
  </div>
);
