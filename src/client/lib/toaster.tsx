import { createRoot } from 'react-dom/client';
import { Toaster, toast as show } from 'sonner';
import { classes } from './classes.ts';
import { keepFocusIn } from '#client/lib/focus/keep-focus.ts';
import { giveFocusBack, isInToast, rememberFocusOutside } from '#client/lib/focus/toaster-focus.ts';

export interface Toast {
  message: string;
  /** `harm` for what failed; it stays longer and is announced at once. */
  tone?: 'plain' | 'harm';
  action?: { label: string; run: () => void };
  /** Stands before the action, where there are two ways on. */
  other?: { label: string; run: () => void };
  durationMs?: number;
}

const PLAIN_MS = 5000;
const HARM_MS = 10_000;

const toastClass =
  'flex w-full items-center gap-4 rounded-[10px] bg-toast py-2.5 pr-3 pl-3.5 font-sans text-sm ' +
  'text-toast-foreground shadow-float sm:w-auto sm:max-w-104 sm:min-w-60 sm:ml-auto';
const actionClass =
  'ml-auto h-6 shrink-0 cursor-pointer rounded-sm px-1 font-semibold text-toast-action ' +
  'hover:underline focus-visible:outline-2 focus-visible:outline-toast-action';

const otherClass = classes(actionClass, '[&+button]:ml-0');

let isMounted = false;

/** The toaster lives beside the console, in a root of its own: a page that fails can still say so. */
const mount = () => {
  if (isMounted) return;
  isMounted = true;
  const root = document.createElement('div');
  document.body.append(root);
  rememberFocusOutside(root);
  // What an act takes away, as a row that is deleted, may have the focus.
  const main = document.getElementById('main');
  if (main !== null) keepFocusIn(main);
  createRoot(root).render(
    <Toaster
      position="bottom-right"
      offset={{ bottom: 'var(--toast-bottom)', right: 16 }}
      mobileOffset={{
        bottom: 'calc(var(--toast-bottom-narrow) + env(safe-area-inset-bottom))',
        left: 12,
        right: 12,
      }}
      gap={8}
      visibleToasts={3}
      containerAriaLabel="Notifications"
      toastOptions={{
        unstyled: true,
        classNames: {
          toast: toastClass,
          title: 'wrap-anywhere',
          actionButton: actionClass,
          cancelButton: otherClass,
        },
      }}
    />,
  );
};

/** Answers how to take it away. */
export const showToast = ({ message, tone = 'plain', action, other, durationMs }: Toast): (() => void) => {
  mount();
  const run = () => {
    action?.run();
    giveFocusBack();
  };
  const options = {
    duration: durationMs ?? (tone === 'harm' ? HARM_MS : PLAIN_MS),
    className: classes(tone === 'harm' && 'ring-2 ring-harm-mark'),
    onAutoClose: () => (isInToast(document.activeElement) ? giveFocusBack() : undefined),
    ...(other && { cancel: { label: other.label, onClick: other.run } }),
    ...(action && { action: { label: action.label, onClick: run } }),
  };
  const id = tone === 'harm' ? show.error(message, { ...options, icon: null }) : show(message, options);
  return () => {
    show.dismiss(id);
    giveFocusBack();
  };
};
