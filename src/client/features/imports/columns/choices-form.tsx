import { providerNames, type Provider } from '#contract/numbers/choices.ts';
import { Field } from '#client/components/form/field.tsx';
import { controlClass } from '#client/components/ui/input.tsx';
import { countries } from '#client/lib/words/countries.ts';
import { classes } from '#client/lib/classes.ts';
import type { Choices } from '#client/features/imports/plan/choices.ts';

const REFUSE = 'Refuse their rows';
const existingNames = {
  refuse: REFUSE,
  skip: 'Leave them as they are',
  update: 'Update what the file says',
} satisfies Record<Choices['existing'], string>;
const agentNames = { refuse: REFUSE, create: 'Add such agents' } satisfies Record<
  Choices['unknownAgents'],
  string
>;
const digitsNames = { refuse: REFUSE, international: 'Put the + in front' } satisfies Record<
  Choices['digits'],
  string
>;

interface ChoiceProps {
  label: string;
  hint?: string | undefined;
  value: string;
  names: Readonly<Record<string, string>>;
  isFixed: boolean;
  onChoose: (value: string) => void;
}

const ChoiceField = ({ label, hint, value, names, isFixed, onChoose }: ChoiceProps) => (
  <Field label={label} hint={hint}>
    {(control) => (
      <select
        {...control}
        value={value}
        disabled={isFixed}
        className={classes(controlClass, 'h-8.5 truncate px-2')}
        onChange={({ target }) => onChoose(target.value)}
      >
        {Object.entries(names).map(([option, name]) => (
          <option key={option} value={option}>
            {name}
          </option>
        ))}
      </select>
    )}
  </Field>
);

const countryNames = () => ({
  '': `No country: ${REFUSE.toLowerCase()}`,
  ...Object.fromEntries(countries().map(({ code, name }) => [code, name])),
});

const providers = { '': 'As the file says', ...providerNames };

interface Props {
  choices: Choices;
  /** Whether a column says of each number how it reaches the platform. */
  hasProviders: boolean;
  /** Whether its rows name agents by their names; JSON lines do by their ids. */
  hasAgentNames: boolean;
  isFixed: boolean;
  onChoose: (choices: Choices) => void;
}

/** What is done with rows that need a decision, in words. */
export const ChoicesForm = ({ choices, hasProviders, hasAgentNames, isFixed, onChoose }: Props) => (
  <section aria-labelledby="import-choices" className="grid content-start gap-3.5">
    <h2 id="import-choices" className="font-semibold">
      Choices
    </h2>
    <div className="grid gap-3.5 sm:grid-cols-2 lg:grid-cols-1">
      <ChoiceField
        label="Provider of new numbers"
        hint={hasProviders ? undefined : 'No column says which they have.'}
        value={choices.defaultProvider ?? ''}
        names={hasProviders ? providers : { ...providers, '': 'Not chosen: refuse their rows' }}
        isFixed={isFixed}
        onChoose={(value) => onChoose({ ...choices, defaultProvider: (value || null) as Provider | null })}
      />
      <ChoiceField
        label="Numbers without a country belong to"
        value={choices.defaultCountry ?? ''}
        names={countryNames()}
        isFixed={isFixed}
        onChoose={(value) => onChoose({ ...choices, defaultCountry: value || null })}
      />
      <ChoiceField
        label="Numbers that are there already"
        value={choices.existing}
        names={existingNames}
        isFixed={isFixed}
        onChoose={(value) => onChoose({ ...choices, existing: value as Choices['existing'] })}
      />
      {hasAgentNames && (
        <ChoiceField
          label="Agents nobody knows"
          value={choices.unknownAgents}
          names={agentNames}
          isFixed={isFixed}
          onChoose={(value) => onChoose({ ...choices, unknownAgents: value as Choices['unknownAgents'] })}
        />
      )}
      <ChoiceField
        label="Whole numbers that lost their +"
        hint="Spreadsheets drop it: 14155550100."
        value={choices.digits}
        names={digitsNames}
        isFixed={isFixed}
        onChoose={(value) => onChoose({ ...choices, digits: value as Choices['digits'] })}
      />
    </div>
  </section>
);
