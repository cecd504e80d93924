import { Link } from 'wouter';
import { EmptyState } from '#client/components/empty-state.tsx';
import { buttonVariants } from '#client/components/ui/button.tsx';
import { usePageTitle } from '#client/lib/page-title.ts';

export const NotFoundPage = () => {
  usePageTitle('Not found');
  return (
    <EmptyState
      heading="h1"
      title="There is no page at this address"
      action={
        <Link href="/numbers" className={buttonVariants({ variant: 'outline' })}>
          Go to numbers
        </Link>
      }
    >
      The link may be old, or a character of it was lost.
    </EmptyState>
  );
};
