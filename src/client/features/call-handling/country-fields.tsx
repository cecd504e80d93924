import { CountryList } from '#client/features/number-routing/rules/country-list.tsx';
import { listOrNull } from '#client/features/number-routing/rules/drafts.ts';
import { PreferenceField } from './preference-field.tsx';

interface CountriesFieldProps {
  name: 'inbound_countries' | 'outbound_countries';
  /** What the list is, for those who hear it. */
  label: string;
  hint: string;
}

export const CountriesField = ({ name, label, hint }: CountriesFieldProps) => (
  <PreferenceField name={name} standard="all countries" hint={hint}>
    {({ control, value, onChange, mayEdit }) => (
      <CountryList
        control={control}
        pointer={control['data-pointer']}
        label={label}
        none="All countries"
        codes={value ?? []}
        mayEdit={mayEdit}
        onChange={(codes) => onChange(listOrNull(codes))}
      />
    )}
  </PreferenceField>
);
