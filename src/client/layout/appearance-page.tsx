import { Choice } from '#client/components/choice.tsx';
import {
  densities,
  setDensity,
  setTheme,
  themes,
  useDensity,
  useTheme,
  type Density,
  type Theme,
} from '#client/lib/appearance.ts';
import { usePageTitle } from '#client/lib/page-title.ts';
import { SettingsSection } from '#client/components/settings-section.tsx';

const themeNames: Record<Theme, string> = { system: 'As the system', light: 'Light', dark: 'Dark' };
const densityNames: Record<Density, string> = { comfortable: 'Comfortable', compact: 'Compact' };

export const AppearancePage = () => {
  usePageTitle('Appearance');
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
      <SettingsSection title="Density" about="Rows of 40 or of 32 pixels.">
        <Choice
          name="density"
          label="Density"
          options={densities}
          names={densityNames}
          chosen={useDensity()}
          onChoose={setDensity}
        />
      </SettingsSection>
    </>
  );
};
