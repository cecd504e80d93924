import { useState } from 'react';
import { closeInAddress, openInAddress, useInAddress } from './in-address.ts';

const NAME = 'open';

const without = (open: ReadonlySet<string>, ...ids: (string | null | undefined)[]) =>
  [...open].filter((id) => !ids.includes(id));

/**
 * What is open within a page, by its ids, in the order in which it was opened. What was opened last is in the
 * address: Back closes it, and a reload opens it again. All that opens has one name there, so that a step back
 * is always one of what was opened last.
 */
export const useOpened = () => {
  const inAddress = useInAddress(NAME);
  const [before, setBefore] = useState(inAddress);
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(inAddress === null ? [] : [inAddress]));
  if (inAddress !== before) {
    setBefore(inAddress);
    setOpen(new Set(inAddress === null ? without(open, before) : [...without(open, inAddress), inAddress]));
  }
  /** `instead`: what makes room for it. */
  const show = (id: string, instead?: string | null) => {
    setOpen((shown) => new Set([...without(shown, id, instead), id]));
    openInAddress(NAME, id);
  };
  const hide = (id: string) => {
    setOpen((shown) => new Set(without(shown, id)));
    closeInAddress(NAME, id);
  };
  return { open, show, hide };
};
