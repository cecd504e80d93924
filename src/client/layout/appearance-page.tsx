import { classes } from '#client/lib/classes.ts';
import { densities, setDensity, setTheme, themes, useDensity, useTheme, type Density, type Theme } from '#client/lib/appearance.ts';
import { usePageTitle } from '#client/lib/page-title.ts';
import { SettingsSection } from './settings-layout.tsx';

const themeNames: Record<Theme, string> = { system: 'As the system', light: 'Light', dark: 'Dark' };
const densityNames: Record<Density, string> = { comfortable: 'Comfortable', compact: 'Compact' };

interface ChoiceProps<T extends string> {
  name: string;
  label: string;
  options: readonly T[];
  names: Record<T, string>;
  chosen: T;
  onChoose: (option: T) => void;
}

const Choice = <T extends string>({ name, label, options, names, chosen, onChoose }: ChoiceProps<T>) => (
  <fieldset className="inline-flex max-w-full gap-0.5 rounded-lg border border-line-2 p-0.5">
    <legend className="sr-only">{label}</legend>
    {options.map((option) => (
      <label
        key={option}
        className={classes(
          'flex h-7 cursor-pointer items-center rounded-[5px] px-3 has-focus-visible:outline-2 has-focus-visible:outline-ring',
          option === chosen ? 'bg-press font-medium' : 'text-ink-2 hover:text-ink',
        )}
      >
        <input type="radio" name={name} className="sr-only" checked={option === chosen} onChange={() => onChoose(option)} />
        {names[option]}
      </label>
    ))}
  </fieldset>
);

export const AppearancePage = () => {
  usePageTitle('Appearance');
  return (
    <>
      <h1 className="sr-only">Appearance</h1>
      <SettingsSection title="Theme" about="Kept in this browser.">
        <Choice name="theme" label="Theme" options={themes} names={themeNames} chosen={useTheme()} onChoose={setTheme} />
      </SettingsSection>
      <SettingsSection title="Density" about="Rows of 40 or of 32 pixels.">
        <Choice name="density" label="Density" options={densities} names={densityNames} chosen={useDensity()} onChoose={setDensity} />
      </SettingsSection>
    </>
  );
};
