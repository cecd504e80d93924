import { ErrorPanel } from '#client/components/error-panel.tsx';
import { RowsSkeleton } from '#client/components/page.tsx';
import { AdminOnly } from '#client/features/sessions/admin-only.tsx';
import { SettingsSection } from '#client/components/settings-section.tsx';
import { usePageTitle } from '#client/lib/page-title.ts';
import { useSettings } from './queries.ts';
import { RevealLimitsForm } from './reveal-limits-form.tsx';

const Limits = () => {
  const { data: settings, error, refetch } = useSettings();
  if (settings === undefined)
    return error ? <ErrorPanel error={error} onRetry={() => void refetch()} /> : <RowsSkeleton rows={2} />;
  return (
    <SettingsSection
      title="Reveals"
      about="How many credentials each may see in clear within an hour. More are refused until the hour is over, and Activity says so."
    >
      <RevealLimitsForm settings={settings} />
    </SettingsSection>
  );
};

export const LimitsPage = () => {
  usePageTitle('Limits');
  return (
    <>
      <h1 className="sr-only">Limits</h1>
      <AdminOnly>
        <Limits />
      </AdminOnly>
    </>
  );
};
