import { fetchPart } from './fetch-part.ts';

export interface Toast {
  message: string;
  /** `harm` for what failed; it stays longer and is announced at once. */
  tone?: 'plain' | 'harm';
  action?: { label: string; run: () => void };
  durationMs?: number;
}

/** Says something in passing. The toaster itself is fetched the first time. */
export const toast = (what: Toast): void => {
  void fetchPart(() => import('#client/components/toaster.tsx')).then(({ showToast }) => showToast(what));
};
