import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { EmptyState } from './empty-state.tsx';
import { buttonVariants } from '#client/components/ui/button.tsx';
import { Page } from './page.tsx';

interface Props {
  /** What the page is of: `Job`. */
  page: string;
  /** `This job is not here` */
  title: string;
  /** Why, as far as can be said. */
  children: ReactNode;
  onward: { words: string; href: string };
}

/** The page of what is not there, or no longer, and the way on. */
export const GonePage = ({ page, title, children, onward: { words, href } }: Props) => (
  <Page title={page}>
    <EmptyState
      title={title}
      action={
        <Link href={href} className={buttonVariants({ variant: 'default' })}>
          {words}
        </Link>
      }
    >
      {children}
    </EmptyState>
  </Page>
);
