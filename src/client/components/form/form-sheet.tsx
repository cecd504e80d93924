import { XIcon } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { buttonVariants } from '#client/components/ui/button.tsx';
import {
  Sheet,
  SheetClose,
  SheetContent,
  SheetDescription,
  SheetTitle,
} from '#client/components/ui/sheet.tsx';
import { keepFocusIn } from '#client/lib/focus/keep-focus.ts';

const tabbable =
  'a[href],button:not(:disabled),input:not(:disabled),textarea:not(:disabled),select:not(:disabled),[tabindex="0"]';

/** Tab goes round within the sheet, although the page beside it may be used by pointer. */
const keepTabInside = (event: KeyboardEvent<HTMLElement>) => {
  const { currentTarget: sheet, target } = event;
  // Menus of the sheet are drawn elsewhere in the document, and keep their own focus.
  if (event.key !== 'Tab' || event.defaultPrevented || !sheet.contains(target as Node)) return;
  const stops = [...sheet.querySelectorAll<HTMLElement>(tabbable)].filter(
    (stop) => stop.tabIndex >= 0 && stop.getClientRects().length > 0,
  );
  const [first, last] = [stops[0], stops.at(-1)];
  const isAtEdge = event.shiftKey ? target === first || target === sheet : target === last;
  if (!isAtEdge) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
};

/** Drawn within the sheet, which is on the page by then. */
const KeepFocus = ({ within }: { within: RefObject<HTMLElement | null> }) => {
  useEffect(() => (within.current === null ? undefined : keepFocusIn(within.current)), [within]);
  return null;
};

interface FormSheetProps {
  isOpen: boolean;
  /** Over the whole page beside the navigation. */
  isWide?: boolean;
  /** What the sheet is about: when it changes, the sheet is read anew from its title. */
  subject: string;
  onClose: () => void;
  /** Called when the sheet has gone: gives the focus back. */
  onClosed: () => void;
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/**
 * A form over the page it belongs to: at the right, with the page beside it in use; the whole screen on a
 * phone.
 */
export const FormSheet = ({
  isOpen,
  isWide = false,
  subject,
  onClose,
  onClosed,
  title,
  description,
  actions,
  children,
}: FormSheetProps) => {
  const content = useRef<HTMLDivElement>(null);
  useEffect(() => content.current?.focus(), [subject]);
  return (
    <Sheet open={isOpen} modal={false} onOpenChange={(next) => !next && onClose()}>
      <SheetContent
        ref={content}
        hasOverlay={false}
        className={isWide ? 'md:w-[calc(100%-4.5rem)] lg:w-[calc(100%-13.5rem)]' : undefined}
        // The title is read first, and no keyboard of a phone jumps up.
        onOpenAutoFocus={(event) => {
          event.preventDefault();
          content.current?.focus();
        }}
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          onClosed();
        }}
        onInteractOutside={(event) => event.preventDefault()}
        onKeyDown={keepTabInside}
      >
        <KeepFocus within={content} />
        <div className="border-b px-4 pt-4 pb-3.5 sm:px-6">
          <div className="flex items-start gap-3">
            <SheetTitle className="min-w-0 flex-1">{title}</SheetTitle>
            {actions}
            <SheetClose aria-label="Close" className={buttonVariants({ variant: 'ghost', size: 'iconSm' })}>
              <XIcon aria-hidden="true" />
            </SheetClose>
          </div>
          {description && <SheetDescription>{description}</SheetDescription>}
        </div>
        {children}
      </SheetContent>
    </Sheet>
  );
};
