import { lazy, Suspense } from 'react';
import { useKeys } from '#client/lib/keyboard.ts';
import { useLeaveQuestion } from '#client/lib/leave-guard.ts';
import { closeOverlay, openOverlay, useOverlay } from './overlay.ts';

const CommandPalette = lazy(() => import('./command-palette.tsx').then((file) => ({ default: file.CommandPalette })));
const KeysDialog = lazy(() => import('./keys-dialog.tsx').then((file) => ({ default: file.KeysDialog })));
const LeaveDialog = lazy(() => import('#client/components/leave-dialog.tsx').then((file) => ({ default: file.LeaveDialog })));

/** What lies over the screens. Each is fetched when first wanted. */
export const Overlays = () => {
  const overlay = useOverlay();
  const question = useLeaveQuestion();
  useKeys({
    'mod+k': () => (overlay === 'palette' ? closeOverlay() : openOverlay('palette')),
    '?': () => openOverlay('keys'),
  });
  return (
    <Suspense fallback={null}>
      {overlay === 'palette' && <CommandPalette />}
      {overlay === 'keys' && <KeysDialog />}
      {question !== null && <LeaveDialog question={question} />}
    </Suspense>
  );
};
