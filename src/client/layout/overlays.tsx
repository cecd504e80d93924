import { Suspense, useEffect } from 'react';
import { useKeys } from '#client/lib/keyboard.ts';
import { useBulkQuestion } from '#client/features/bulk/questions.ts';
import { useBusinessHoursToEdit } from '#client/features/business-hours/questions.ts';
import { useFreshSignInQuestion } from '#client/features/sessions/fresh-sign-in.ts';
import { useSignInQuestion } from '#client/api/sign-in-again.ts';
import { lazyLater, lazyPart } from '#client/lib/lazy-part.ts';
import { useLeaveQuestion } from '#client/lib/leave-guard.ts';
import { closeOverlay, openOverlay, setPaletteText, useOverlay } from './overlay.ts';

const loadPalette = () => import('./command-palette.tsx');
const CommandPalette = lazyPart(() => loadPalette().then((file) => ({ default: file.CommandPalette })));
const KeysDialog = lazyPart(() => import('./keys-dialog.tsx').then((file) => ({ default: file.KeysDialog })));
const LeaveDialog = lazyPart(() =>
  import('#client/components/leave-dialog.tsx').then((file) => ({ default: file.LeaveDialog })),
);
const ConfirmPasswordDialog = lazyPart(() =>
  import('#client/features/sessions/confirm-password-dialog.tsx').then((file) => ({
    default: file.ConfirmPasswordDialog,
  })),
);
const loadSignInAgain = () => import('#client/features/sessions/sign-in-again-dialog.tsx');
const SignInAgainDialog = lazyPart(() =>
  loadSignInAgain().then((file) => ({ default: file.SignInAgainDialog })),
);
// A session outlives releases, and the file by this name does not: it is fetched before it is needed.
const FETCH_SIGN_IN_AFTER_MS = 10_000;
const BulkDialog = lazyPart(() =>
  import('#client/features/bulk-change/bulk-dialog.tsx').then((file) => ({ default: file.BulkDialog })),
);
// The first view needs the connection more than this does.
const FIRST_VIEW_MS = 3000;
const JobWatch = lazyLater(FIRST_VIEW_MS, () =>
  import('#client/features/bulk-jobs/job-watch.tsx').then((file) => ({ default: file.JobWatch })),
);
const BusinessHoursDialog = lazyPart(() =>
  import('#client/features/business-hours/form/business-hours-dialog.tsx').then((file) => ({
    default: file.BusinessHoursDialog,
  })),
);

/** Hands type on while the palette is on its way: nothing of it is lost. */
const CatchKeys = () => {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      setPaletteText((before) => before + event.key);
    };
    window.addEventListener('keydown', onKeyDown, true);
    return () => window.removeEventListener('keydown', onKeyDown, true);
  }, []);
  return null;
};

/** What lies over the screens. Each is fetched when first wanted. */
export const Overlays = () => {
  const overlay = useOverlay();
  const leaving = useLeaveQuestion();
  const confirming = useFreshSignInQuestion();
  const signingIn = useSignInQuestion();
  const hoursToEdit = useBusinessHoursToEdit();
  const toChangeMany = useBulkQuestion();
  useKeys({
    'mod+k': () => (overlay === 'palette' ? closeOverlay() : openOverlay('palette')),
    '?': () => openOverlay('keys'),
  });
  useEffect(() => {
    const timer = setTimeout(() => void loadSignInAgain().catch(() => {}), FETCH_SIGN_IN_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    // The first half of the shortcut is time enough to fetch what the second half wants.
    const onKeyDown = ({ key }: KeyboardEvent) =>
      key === 'Control' || key === 'Meta' ? void loadPalette() : undefined;
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
  return (
    <>
      {overlay === 'palette' && (
        <Suspense fallback={<CatchKeys />}>
          <CommandPalette />
        </Suspense>
      )}
      <Suspense>{overlay === 'keys' && <KeysDialog />}</Suspense>
      <Suspense>{hoursToEdit !== null && <BusinessHoursDialog question={hoursToEdit} />}</Suspense>
      <Suspense>
        <JobWatch />
      </Suspense>
      <Suspense>{toChangeMany !== null && <BulkDialog question={toChangeMany} />}</Suspense>
      <Suspense>{leaving !== null && <LeaveDialog question={leaving} />}</Suspense>
      <Suspense>
        {signingIn !== null && (
          <SignInAgainDialog operator={signingIn.subject} onDone={() => signingIn.answer(true)} />
        )}
      </Suspense>
      <Suspense>{confirming !== null && <ConfirmPasswordDialog onAnswer={confirming.answer} />}</Suspense>
    </>
  );
};
