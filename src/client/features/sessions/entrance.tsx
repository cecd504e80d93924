import type { ReactNode } from 'react';
import { BrandMark } from '#client/components/brand-mark.tsx';
import { usePageTitle } from '#client/lib/page-title.ts';

/** The frame of the screens before the shell: signing in and setting up. */
export const Entrance = ({
  title,
  about,
  children,
}: {
  title: string;
  about?: ReactNode;
  children?: ReactNode;
}) => {
  usePageTitle(title);
  return (
    <main className="grid h-dvh justify-items-center overflow-y-auto px-6 pt-[max(3rem,16dvh)] pb-12">
      <div className="grid w-full max-w-80 content-start gap-6">
        <div className="flex items-center gap-2.25 text-base font-semibold tracking-tight">
          <BrandMark />
          Cordboard
        </div>
        <div className="grid gap-1">
          <h1 className="text-lg font-semibold tracking-tight">{title}</h1>
          {about && <div className="text-ink-2">{about}</div>}
        </div>
        {children}
      </div>
    </main>
  );
};
