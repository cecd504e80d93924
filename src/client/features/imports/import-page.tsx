import { Link } from 'wouter';
import { EmptyState } from '#client/components/empty-state.tsx';
import { Page } from '#client/components/page.tsx';
import { buttonVariants } from '#client/components/ui/button.tsx';
import { useMay } from '#client/features/sessions/queries.ts';
import { NewImport } from './new-import.tsx';
import { PlannedImport } from './planned-import.tsx';

const NotAllowed = () => (
  <Page title="Import numbers">
    <EmptyState
      title="Your role does not allow this"
      action={
        <Link href="/numbers" className={buttonVariants({ variant: 'outline' })}>
          All numbers
        </Link>
      }
    >
      Operators and admins import numbers. Ask an admin for that role.
    </EmptyState>
  </Page>
);

/** From a file to numbers: chosen, looked at row by row, and run. */
export const ImportPage = ({ importId }: { importId: string | undefined }) => {
  const mayImport = useMay('operator');
  if (!mayImport) return <NotAllowed />;
  return importId === undefined || importId === 'new' ? (
    <NewImport />
  ) : (
    <PlannedImport key={importId} importId={importId} />
  );
};
