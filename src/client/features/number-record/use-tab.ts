import { useEffect, useState } from 'react';
import { chooseInAddress, useInAddress } from '#client/lib/address/in-address.ts';

const tabs = ['general', 'connection', 'routing', 'call-handling', 'history'] as const;
export type Tab = (typeof tabs)[number];

export const setTab = (tab: string): void => chooseInAddress('tab', tab);

/**
 * The tab that the address asks for. One that asks for none, as of the next number or of other filters for the
 * list beside, leaves the tab as it is; the first begins with the first. While the sheet moves away the address
 * is the list's.
 */
export const useTab = (isOpen: boolean): Tab => {
  const asked = useInAddress('tab');
  const [tab, show] = useState<Tab>('general');
  const [wasOpen, setOpen] = useState(false);
  const wanted = tabs.find((each) => each === asked) ?? (wasOpen ? tab : 'general');
  if (isOpen !== wasOpen) setOpen(isOpen);
  if (isOpen && wanted !== tab) show(wanted);
  const isTold = wanted === 'general' || asked === wanted;
  useEffect(() => {
    if (isOpen && !isTold) setTab(wanted);
  }, [isOpen, isTold, wanted]);
  return isOpen ? wanted : tab;
};
