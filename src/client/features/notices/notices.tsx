import { useQuery } from '@tanstack/react-query';
import { TriangleAlertIcon } from 'lucide-react';
import { call } from '#client/api/call.ts';

/**
 * What admins should know about the installation, above the page. Where it cannot be asked, nothing is said.
 */
export const Notices = () => {
  const { data: notices = [] } = useQuery({
    queryKey: ['notices'],
    queryFn: async ({ signal }) => (await call('GET /v1/notices', { signal })).notices,
  });
  return notices.map(({ code, title, detail }) => (
    <section key={code} aria-label={title} className="flex shrink-0 gap-3 border-b bg-harm-wash px-4 py-3">
      <TriangleAlertIcon aria-hidden className="mt-0.5 size-4 shrink-0 text-harm" />
      <div className="grid max-w-192 gap-0.5">
        <h2 className="font-medium">{title}</h2>
        <p className="text-ink-2">{detail}</p>
      </div>
    </section>
  ));
};
