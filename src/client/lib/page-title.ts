import { useEffect } from 'react';

/** What the tab and the screen reader call this page. */
export const usePageTitle = (title: string): void => {
  useEffect(() => {
    document.title = `${title} · Cordboard`;
  }, [title]);
};
