import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { usePageTitle } from '#client/lib/page-title.ts';
import { Skeleton } from '#client/components/ui/skeleton.tsx';

interface Props {
  title: string;
  /** The page that this one is a part of, before the title. */
  parent?: { title: string; href: string };
  /** In place of the title, where a tab above already says it. */
  about?: string;
  /** Beside the title: a search box, filters. */
  tools?: ReactNode;
  /** At the right: the page's one primary action. */
  action?: ReactNode;
  children: ReactNode;
}

/** A page is one bar and, from there down, its content. */
export const Page = ({ title, parent, about, tools, action, children }: Props) => {
  usePageTitle(title);
  return (
    <>
      <div className="flex shrink-0 flex-wrap items-center gap-2 border-b px-4 py-2.5">
        {parent && (
          <nav
            aria-label="Breadcrumb"
            className="flex shrink-0 items-center gap-2 self-start leading-8 text-ink-2"
          >
            <Link href={parent.href} className="rounded-sm hover:text-ink">
              {parent.title}
            </Link>
            <span aria-hidden="true" className="text-ink-3">
              /
            </span>
          </nav>
        )}
        <h1
          className={
            about === undefined
              ? `mr-2 min-w-0 py-1 text-base leading-6 font-semibold tracking-tight wrap-anywhere ${parent ? 'max-sm:min-w-48 max-sm:flex-1' : ''}`
              : 'sr-only'
          }
        >
          {title}
        </h1>
        {about && <p className="text-ink-2 max-sm:sr-only">{about}</p>}
        {tools}
        {action && <div className="ml-auto flex items-center gap-2">{action}</div>}
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
    </>
  );
};

/** Rows to come, in the height of those that will. */
export const RowsSkeleton = ({ rows = 8 }: { rows?: number }) => (
  <output aria-label="Loading" className="block animate-[appear_1ms_150ms_both]">
    {Array.from({ length: rows }, (_, row) => (
      <div key={row} className="flex h-row items-center gap-6 border-b border-line/60 px-4">
        <Skeleton className="w-48" />
        <Skeleton className="w-24" />
        <Skeleton className="ml-auto w-16" />
      </div>
    ))}
  </output>
);
