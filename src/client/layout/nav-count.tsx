import type { ReactNode } from 'react';

/** How many things there are, behind the name of their place. */
export const NavCount = ({ children }: { children: ReactNode }) => (
  <span className="ml-auto pl-2 text-xs font-normal text-ink-3 max-lg:hidden">
    <span className="sr-only">, </span>
    {children}
  </span>
);
