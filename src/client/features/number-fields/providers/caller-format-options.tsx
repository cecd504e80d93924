import { callerFormatWords } from '#client/lib/words/caller-format.ts';
import { countries } from '#client/lib/words/countries.ts';

/** Where a trunk's callers without a `+` are not understood. */
export const NOT_READ = 'Not read: they have no number';

/** How a trunk may write callers' numbers, within a select; empty is not read. */
export const CallerFormatOptions = () => (
  <>
    <option value="">{NOT_READ}</option>
    <option value="international">{callerFormatWords('international')}</option>
    <optgroup label="As dialled within a country">
      {countries().map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </optgroup>
  </>
);
