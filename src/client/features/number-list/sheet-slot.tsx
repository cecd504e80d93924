import { useState } from 'react';
import type { ListFilters } from '#client/features/numbers/list-url.ts';
import { lazyPart } from '#client/lib/lazy-part.ts';

export const loadSheet = () => import('#client/features/number-record/phone-number-sheet.tsx');
const PhoneNumberSheet = lazyPart(() => loadSheet().then((file) => ({ default: file.PhoneNumberSheet })));

interface SheetSlotProps {
  openId: string | null;
  isAdding: boolean;
  filters: ListFilters;
  onClose: () => void;
  onShow: (id: string) => void;
  onClosed: () => void;
}

/**
 * Nothing of the sheet is fetched before the first one opens; from then on it stays, to close with its
 * motion.
 */
export const SheetSlot = (props: SheetSlotProps) => {
  const isOpen = props.openId !== null || props.isAdding;
  const [wasOpened, setWasOpened] = useState(isOpen);
  if (isOpen && !wasOpened) setWasOpened(true);
  return wasOpened && <PhoneNumberSheet {...props} />;
};
