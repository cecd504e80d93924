import type { ReactNode } from 'react';

interface Props {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  /** h1 where nothing else names the page. */
  heading?: 'h1' | 'h2';
}

/** What is not there yet, or does not match, and the way on. */
export const EmptyState = ({ title, children, action, heading: Heading = 'h2' }: Props) => (
  <div className="mx-auto grid w-full max-w-112 justify-items-start gap-3 px-6 py-16">
    <div className="grid gap-1">
      <Heading className="text-base font-semibold tracking-tight wrap-anywhere">{title}</Heading>
      {children && <div className="text-ink-2 wrap-anywhere">{children}</div>}
    </div>
    {action}
  </div>
);
