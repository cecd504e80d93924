import { useState } from 'react';
import { Button } from '#client/components/ui/button.tsx';
import { controlClass } from '#client/components/ui/input.tsx';
import { classes } from '#client/lib/classes.ts';
import { countries } from '#client/lib/words/countries.ts';

interface Props {
  describedBy: string;
  /** Told the country, ISO 3166 alpha-2. */
  onChoose: (country: string) => void;
}

/** To which country numbers belong that name none. */
export const ChooseCountry = ({ describedBy, onChoose }: Props) => {
  const [country, setCountry] = useState('');
  return (
    <>
      <span className="w-44">
        <select
          aria-label="Country of these numbers"
          aria-describedby={describedBy}
          value={country}
          className={classes(controlClass, 'h-6.5 truncate px-1.5 text-xs')}
          onChange={({ target }) => setCountry(target.value)}
        >
          <option value="">Choose a country</option>
          {countries().map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </span>
      {/* Not at once: with the arrow keys one passes through others on the way. */}
      <Button variant="outline" size="sm" disabled={country === ''} onClick={() => onChoose(country)}>
        Check with it
      </Button>
    </>
  );
};
