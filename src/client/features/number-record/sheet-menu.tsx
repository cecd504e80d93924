import { CopyIcon, LinkIcon, RouteIcon, Trash2Icon } from 'lucide-react';
import { Suspense, useRef, useState } from 'react';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { Button } from '#client/components/ui/button.tsx';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '#client/components/ui/dropdown-menu.tsx';
import { LinkItems, type LinkAsked } from '#client/features/number-links/link-items.tsx';
import { lazyPart } from '#client/lib/lazy-part.ts';
import { toast } from '#client/lib/toast.ts';

const DeleteDialog = lazyPart(() =>
  import('./delete-dialog.tsx').then((file) => ({ default: file.DeleteDialog })),
);

const LinkDialogs = lazyPart(() =>
  import('#client/features/number-links/link-dialogs.tsx').then((file) => ({ default: file.LinkDialogs })),
);

const CopyRoutingDialog = lazyPart(() =>
  import('#client/features/copy-routing/copy-routing-dialog.tsx').then((file) => ({
    default: file.CopyRoutingDialog,
  })),
);

const copy = async (text: string, what: string) => {
  try {
    await navigator.clipboard.writeText(text);
    toast({ message: `${what} copied` });
  } catch {
    toast({ tone: 'harm', message: `The browser did not allow copying. ${what}: ${text}` });
  }
};

/** What can be done with a number besides editing it. */
export const SheetMenu = ({
  record,
  mayEdit,
  onDeleted,
}: {
  record: PhoneNumber;
  mayEdit: boolean;
  onDeleted: () => void;
}) => {
  const [isDeleting, setIsDeleting] = useState(false);
  const [isCopying, setIsCopying] = useState(false);
  const [linkAsked, setLinkAsked] = useState<LinkAsked | null>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  return (
    <>
      <Button
        variant="outline"
        size="sm"
        className="max-sm:hidden"
        aria-label={`Copy ${record.phone_number}`}
        onClick={() => void copy(record.phone_number, record.phone_number)}
      >
        Copy
      </Button>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button ref={trigger} variant="outline" size="iconSm" aria-label="More for this number">
            <span aria-hidden="true">···</span>
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuItem onSelect={() => void copy(record.phone_number, record.phone_number)}>
            <CopyIcon aria-hidden="true" /> Copy number
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => void copy(`${location.origin}/numbers/${record._id}`, 'Link')}>
            <LinkIcon aria-hidden="true" /> Copy link
          </DropdownMenuItem>
          {mayEdit && (
            <>
              <DropdownMenuItem onSelect={() => setIsCopying(true)}>
                <RouteIcon aria-hidden="true" /> Copy routing to…
              </DropdownMenuItem>
              <LinkItems record={record} onAsk={setLinkAsked} />
              <DropdownMenuSeparator />
              <DropdownMenuItem variant="harm" onSelect={() => setIsDeleting(true)}>
                <Trash2Icon aria-hidden="true" /> Delete…
              </DropdownMenuItem>
            </>
          )}
        </DropdownMenuContent>
      </DropdownMenu>
      <Suspense>
        {isCopying && (
          <CopyRoutingDialog record={record} opener={trigger} onClose={() => setIsCopying(false)} />
        )}
      </Suspense>
      <Suspense>
        {linkAsked && <LinkDialogs record={record} asked={linkAsked} onClose={() => setLinkAsked(null)} />}
      </Suspense>
      <Suspense>
        {isDeleting && (
          <DeleteDialog record={record} onClose={() => setIsDeleting(false)} onDeleted={onDeleted} />
        )}
      </Suspense>
    </>
  );
};
