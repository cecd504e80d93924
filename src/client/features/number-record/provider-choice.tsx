import { providerList, type Provider } from '#contract/numbers/choices.ts';
import { Radio } from '#client/components/radio.tsx';
import { classes } from '#client/lib/classes.ts';
import { faceOfProvider } from '#client/features/numbers/provider-faces.ts';

/** Where the number comes from: asked first, because everything after depends on it, and it never changes. */
export const ProviderChoice = ({
  value,
  onChange,
}: {
  value: Provider | null;
  onChange: (provider: Provider) => void;
}) => (
  <fieldset className="grid gap-2">
    <legend className="mb-2 text-sm font-semibold">Where does the number come from?</legend>
    {providerList.map((provider) => {
      const { name, mark, offer } = faceOfProvider(provider);
      return (
        <label
          key={provider}
          className={classes(
            'grid cursor-pointer grid-cols-[auto_1fr] items-baseline gap-x-2.5 rounded-lg border',
            'px-3 py-2.5 has-focus-visible:outline-2 has-focus-visible:outline-ring',
            provider === value ? 'border-cord bg-cord-wash' : 'border-line-2 hover:bg-hover',
          )}
        >
          <Radio
            name="provider"
            value={provider}
            checked={provider === value}
            onChange={() => onChange(provider)}
            className="translate-y-0.75 outline-hidden"
          />
          <span className="flex items-center gap-2 font-medium">
            <span data-mark="" aria-hidden="true" className={classes('size-1.75 rounded-[2px]', mark)} />
            {name}
          </span>
          <span className="col-start-2 text-ink-2">{offer}</span>
        </label>
      );
    })}
  </fieldset>
);
