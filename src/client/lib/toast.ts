import type { Toast } from './toaster.tsx';
import { fetchPart } from './fetch-part.ts';
import { offerUndo, withdrawUndo } from './undo-key.ts';

/**
 * Says something in passing. The toaster itself is fetched the first time; the key that undoes what it says does not wait
 * for it.
 */
export const toast = (what: Toast): void => {
  // Outside a page, as where rules are tested by themselves, nobody listens.
  if (typeof document === 'undefined') return;
  const show = (toSay: Toast) =>
    fetchPart(() => import('./toaster.tsx')).then(({ showToast }) => showToast(toSay));
  const { action } = what;
  if (action?.label !== 'Undo') return void show(what);
  const undo = () => {
    withdrawUndo(byKey);
    action.run();
  };
  const byKey = () => {
    undo();
    void shown.then((dismiss) => dismiss());
  };
  const shown = show({ ...what, action: { ...action, run: undo } });
  offerUndo(byKey);
};
