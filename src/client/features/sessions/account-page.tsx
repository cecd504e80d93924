import { toApiError } from '#client/api/api-error.ts';
import { Button } from '#client/components/ui/button.tsx';
import { SettingsSection } from '#client/components/settings-section.tsx';
import { usePageTitle } from '#client/lib/page-title.ts';
import { roleMeanings, roleNames } from '#client/lib/words/role-names.ts';
import { toast } from '#client/lib/toast.ts';
import { PasswordForm } from './password-form.tsx';
import { useSignOut } from './acts.ts';
import { useMe } from './queries.ts';
import { SessionList } from './session-list.tsx';

export const AccountPage = () => {
  usePageTitle('Account');
  const { name, email, role } = useMe();
  const signOut = useSignOut();
  return (
    <>
      <h1 className="sr-only">Account</h1>
      <SettingsSection title="You" about="An admin changes names and roles.">
        <div className="flex flex-wrap items-start gap-4">
          <div className="min-w-0">
            <p className="font-medium wrap-anywhere">{name}</p>
            <p className="text-ink-2 wrap-anywhere">{email}</p>
            <p className="mt-2 text-ink-2">
              <span className="text-ink">{roleNames[role]}.</span> {roleMeanings[role]}
            </p>
          </div>
          <Button
            variant="outline"
            isBusy={signOut.isPending}
            onClick={() =>
              signOut.mutate(undefined, {
                onError: (thrown) =>
                  toast({ message: `You are still signed in. ${toApiError(thrown).detail}`, tone: 'harm' }),
              })
            }
          >
            Sign out
          </Button>
        </div>
      </SettingsSection>
      <SettingsSection title="Password" about="Changing it ends every other session.">
        <PasswordForm />
      </SettingsSection>
      <SettingsSection title="Sessions" about="Wherever you are signed in. End what you do not know.">
        <SessionList />
      </SettingsSection>
    </>
  );
};
