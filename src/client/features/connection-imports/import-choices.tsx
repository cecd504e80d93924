import type { ConnectionImportChoices } from '#contract/bulk/connection-imports.ts';
import { Choice } from '#client/components/choice.tsx';
import { choiceLabels, choiceWords } from './import-words.ts';

interface Props {
  choices: ConnectionImportChoices;
  onChoose: (choices: ConnectionImportChoices) => void;
}

const orders = {
  different: ['keep_mine', 'take_theirs', 'leave'],
  new: ['add', 'leave'],
  agents: ['add', 'leave'],
} as const;

/** What the run does with which numbers and agents. */
export const ImportChoices = ({ choices, onChoose }: Props) => {
  const choice = <K extends keyof ConnectionImportChoices>(name: K) => (
    <div className="grid gap-1">
      <span aria-hidden="true" className="text-xs text-ink-2">
        {choiceLabels[name]}
      </span>
      <Choice<ConnectionImportChoices[K]>
        name={name}
        label={choiceLabels[name]}
        options={orders[name] as unknown as readonly ConnectionImportChoices[K][]}
        names={choiceWords[name]}
        chosen={choices[name]}
        onChoose={(option) => onChoose({ ...choices, [name]: option })}
      />
    </div>
  );
  return (
    <div className="flex flex-wrap gap-x-6 gap-y-3">
      {choice('new')}
      {choice('different')}
      {choice('agents')}
    </div>
  );
};
