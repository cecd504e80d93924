import { Suspense, useState } from 'react';
import type { Link } from '#contract/connections/links.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { Button } from '#client/components/ui/button.tsx';
import { lazyPart } from '#client/lib/lazy-part.ts';
import { LinkState } from './link-state.tsx';

const LinkDrawer = lazyPart(() => import('./link-drawer.tsx').then((file) => ({ default: file.LinkDrawer })));

/** Its room is the same whatever it says: nothing below it moves. */
const LinkLine = ({ record, link, mayEdit }: { record: PhoneNumber; link: Link; mayEdit: boolean }) => {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="flex h-14 items-center gap-3">
      <div className="min-w-0 flex-1">
        <LinkState link={link} />
        <p
          className="truncate text-xs text-ink-3"
          title="Rules, hours, stand-ins and call handling are not sent there."
        >
          Rules, hours, stand-ins and call handling stay here.
        </p>
      </div>
      <Button variant="outline" size="sm" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        Compare
      </Button>
      <Suspense>
        {isOpen && <LinkDrawer {...{ record, link, mayEdit }} onClose={() => setOpen(false)} />}
      </Suspense>
    </div>
  );
};

/** Whether what is saved here is where it counts. */
export const UpstreamStrip = ({ record, mayEdit }: { record: PhoneNumber; mayEdit: boolean }) => (
  <section aria-label="Upstream" className="shrink-0 border-b bg-paper px-4 sm:px-6">
    {record.links.map((link) => (
      <LinkLine key={link.role} {...{ record, link, mayEdit }} />
    ))}
  </section>
);
