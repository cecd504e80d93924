import { useId } from 'react';
import { Radio } from '#client/components/radio.tsx';

interface Props {
  name: string;
  isThereToo: boolean;
  onChoose: (isThereToo: boolean) => void;
}

/** Of a linked number: whether it is forgotten here, or deleted on the platform, too. */
export const DeleteWhere = ({ name, isThereToo, onChoose }: Props) => {
  const group = useId();
  const choice = (value: boolean, words: string, about: string) => (
    <label className="flex min-h-6 cursor-pointer gap-2.5">
      <Radio
        name={group}
        className="mt-0.5 self-start"
        checked={isThereToo === value}
        onChange={() => onChoose(value)}
      />
      <span>
        {words} <span className="block text-xs text-ink-3">{about}</span>
      </span>
    </label>
  );
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 text-ink-2">On {name}</legend>
      {choice(false, 'Forget here', `It stays on ${name} as it is, and goes on answering there.`)}
      {choice(
        true,
        `Delete on ${name} too`,
        'Once it is deleted there, a restore brings it back here without its link.',
      )}
    </fieldset>
  );
};
