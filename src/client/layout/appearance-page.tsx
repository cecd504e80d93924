import { Choice } from '#client/components/choice.tsx';
import { useUpdateMe } from '#client/features/sessions/acts.ts';
import { useMe } from '#client/features/sessions/queries.ts';
import { setTheme, themes, useTheme, type Theme } from '#client/lib/looks/appearance.ts';
import { usePageTitle } from '#client/lib/page-title.ts';
import { SettingsSection } from '#client/components/settings-section.tsx';

const themeNames: Record<Theme, string> = { system: 'As the system', light: 'Light', dark: 'Dark' };
const densities = ['comfortable', 'compact'] as const;
const densityNames: Record<(typeof densities)[number], string> = {
  comfortable: 'Comfortable',
  compact: 'Compact',
};

export const AppearancePage = () => {
  usePageTitle('Appearance');
  const { compact_rows } = useMe();
  const updateMe = useUpdateMe();
  return (
    <>
      <h1 className="sr-only">Appearance</h1>
      <SettingsSection title="Theme" about="Kept in this browser.">
        <Choice
          name="theme"
          label="Theme"
          options={themes}
          names={themeNames}
          chosen={useTheme()}
          onChoose={setTheme}
        />
      </SettingsSection>
      <SettingsSection title="Density" about="Rows of 40 or of 32 pixels, wherever you sign in.">
        <Choice
          name="density"
          label="Density"
          options={densities}
          names={densityNames}
          chosen={compact_rows ? 'compact' : 'comfortable'}
          onChoose={(density) => updateMe({ compact_rows: density === 'compact' })}
        />
      </SettingsSection>
    </>
  );
};
