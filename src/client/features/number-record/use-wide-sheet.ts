import { useState } from 'react';

// Kept for the tab: whoever works in wide sheets does so from number to number.
let wasWide = false;

/** Whether the sheet takes the whole width beside the navigation, and how to change it. */
export const useWideSheet = () => {
  const [isWide, setState] = useState(wasWide);
  const setWide = (next: boolean) => {
    wasWide = next;
    setState(next);
  };
  return [isWide, setWide] as const;
};
