import type { Toast } from './toaster.tsx';
import { fetchPart } from './fetch-part.ts';

/** Says something in passing. The toaster itself is fetched the first time. */
export const toast = (what: Toast): void => {
  void fetchPart(() => import('./toaster.tsx')).then(({ showToast }) => showToast(what));
};
