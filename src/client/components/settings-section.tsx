import type { ReactNode } from 'react';

/** One part of a settings page: what it is at the left, the controls at the right. */
export const SettingsSection = ({
  title,
  about,
  children,
}: {
  title: string;
  about?: ReactNode;
  children: ReactNode;
}) => (
  <section className="grid gap-x-8 gap-y-4 border-b px-4 py-6 md:grid-cols-[14rem_minmax(0,34rem)]">
    <div className="grid content-start gap-1">
      <h2 className="font-semibold">{title}</h2>
      {about && <p className="text-xs text-ink-2">{about}</p>}
    </div>
    <div className="min-w-0">{children}</div>
  </section>
);
