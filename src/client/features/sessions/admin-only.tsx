import type { ReactNode } from 'react';
import { EmptyState } from '#client/components/empty-state.tsx';
import { useMay } from './queries.ts';

/** Says so instead of asking the server for what it will refuse. */
export const AdminOnly = ({ children }: { children: ReactNode }) =>
  useMay('admin') ? (
    children
  ) : (
    <EmptyState title="Your role does not allow this">
      Only an admin sees this page. Ask one to change your role if you need it.
    </EmptyState>
  );
