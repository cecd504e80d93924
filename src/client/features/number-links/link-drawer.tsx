import type { Link } from '#contract/connections/links.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { ErrorPanel } from '#client/components/error-panel.tsx';
import { RowsSkeleton } from '#client/components/page.tsx';
import { RelativeTime } from '#client/components/relative-time.tsx';
import { buttonVariants } from '#client/components/ui/button.tsx';
import {
  Sheet,
  SheetClose,
  SheetContent,
  SheetDescription,
  SheetHeader,
  SheetTitle,
} from '#client/components/ui/sheet.tsx';
import { useConnectionNames } from '#client/features/connections/queries.ts';
import { useBackCloses } from '#client/lib/address/back-closes.ts';
import { clockTime } from '#client/lib/words/format.ts';
import { XIcon } from 'lucide-react';
import { BeforeImages } from './before-images.tsx';
import { DrawerActs } from './drawer-acts.tsx';
import { LinkFields } from './link-fields.tsx';
import { useLink } from './queries.ts';
import { LinkState } from './link-state.tsx';
import { useLinkActing } from './use-link-acting.ts';

interface Props {
  record: PhoneNumber;
  link: Link;
  mayEdit: boolean;
  onClose: () => void;
}

/** A link, field by field: mine, theirs, and as both last had it. */
export const LinkDrawer = ({ record, link, mayEdit, onClose }: Props) => {
  useBackCloses(onClose);
  const { data, error, refetch } = useLink({ phone_number_id: record._id, role: link.role });
  const name = useConnectionNames()?.get(link.connection_id) ?? 'the platform';
  const acting = useLinkActing({ record, role: link.role, name });
  // What the number says is newer than what was read of the link before.
  const current = record.links.find(({ role }) => role === link.role) ?? link;
  return (
    <Sheet open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <SheetContent className="sm:w-170">
        <SheetHeader>
          <div className="grid min-w-0 flex-1 gap-0.5">
            <SheetTitle>
              {record.phone_number_international} on <bdi>{name}</bdi>
            </SheetTitle>
            <SheetDescription asChild>
              <div className="min-w-0">
                <LinkState link={current} isTerse />
              </div>
            </SheetDescription>
          </div>
          <SheetClose aria-label="Close" className={buttonVariants({ variant: 'ghost', size: 'iconSm' })}>
            <XIcon aria-hidden="true" />
          </SheetClose>
        </SheetHeader>
        <div className="grid flex-1 content-start gap-6 overflow-y-auto px-4 py-5 sm:px-6">
          {current.message !== null && <p className="wrap-anywhere">{current.message}</p>}
          {data?.expected_at && (
            <p className="text-ink-2">Expected to be there at {clockTime(data.expected_at)}.</p>
          )}
          {error && data === undefined && <ErrorPanel error={error} onRetry={() => void refetch()} />}
          {data === undefined && !error && <RowsSkeleton rows={6} />}
          {data && (
            <>
              <LinkFields detail={data} name={name} acting={mayEdit ? acting : null} />
              <BeforeImages images={data.before_images} acting={mayEdit ? acting : null} name={name} />
              <p className="text-xs text-ink-3">
                {data.seen_at === null ? (
                  `${name} was not read yet.`
                ) : (
                  <>
                    Read on <bdi>{name}</bdi> <RelativeTime at={data.seen_at} inSentence />.
                  </>
                )}
                {data.upstream_id !== null && (
                  <>
                    {' '}
                    Its id there is <span className="font-mono wrap-anywhere">{data.upstream_id}</span>.
                  </>
                )}
              </p>
            </>
          )}
        </div>
        {mayEdit && (
          <DrawerActs link={current} detail={data} acting={acting} name={name} onUnlinked={onClose} />
        )}
      </SheetContent>
    </Sheet>
  );
};
