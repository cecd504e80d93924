import type { Toast } from './toaster.tsx';
import { fetchPart } from './fetch-part.ts';

/** Says something in passing. The toaster itself is fetched the first time. */
export const toast = (what: Toast): void => {
  // Outside a page, as where rules are tested by themselves, nobody listens.
  if (typeof document === 'undefined') return;
  void fetchPart(() => import('./toaster.tsx')).then(({ showToast }) => showToast(what));
};
