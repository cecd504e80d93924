import { useMemo, useState } from 'react';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { FormSheetField } from '#client/components/form/form-sheet-field.tsx';
import { Radio } from '#client/components/radio.tsx';
import { Checkbox } from '#client/components/ui/checkbox.tsx';
import { Input } from '#client/components/ui/input.tsx';
import { useAgents } from '#client/features/agents/queries.ts';
import { routingNames } from '#client/features/audit-events/routing-lines.ts';
import { useBusinessHours } from '#client/features/business-hours/queries.ts';
import { bodyOf, partNames, parts, summaryOf, type Part } from '#client/features/copy-routing/copy-plan.ts';
import { useNumbersToChoose } from '#client/features/copy-routing/use-numbers-to-choose.ts';
import { ChangeFormFrame } from './change-form.tsx';
import type { FormProps } from './form-props.ts';

const SHOWN = 6;

interface SourceProps {
  source: PhoneNumber | null;
  onChoose: (source: PhoneNumber) => void;
}

/** The number to copy from: found as in the list, one of the first that match. */
const SourceChoice = ({ source, onChoose }: SourceProps) => {
  const [typed, setTyped] = useState('');
  const { numbers, q, isSearching } = useNumbersToChoose(typed, '');
  const shown = (numbers ?? []).slice(0, SHOWN);
  return (
    <div className="grid gap-1.5">
      <FormSheetField label="From">
        {(control) => (
          <Input
            {...control}
            type="search"
            placeholder="Number, name, agent, trunk or account"
            autoComplete="off"
            spellCheck={false}
            className="[&::-webkit-search-cancel-button]:hidden"
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
        )}
      </FormSheetField>
      <fieldset aria-busy={isSearching || undefined} className="grid grid-cols-[minmax(0,1fr)] sm:pl-41">
        <legend className="sr-only">Number to copy from</legend>
        {shown.map((record) => (
          <label key={record._id} className="flex min-h-8 items-center gap-2.5">
            <Radio name="source" checked={source?._id === record._id} onChange={() => onChoose(record)} />
            <span className="shrink-0 whitespace-nowrap">{record.phone_number_international}</span>
            <bdi className="min-w-0 truncate text-ink-2">{record.friendly_name}</bdi>
          </label>
        ))}
        {numbers?.length === 0 && !isSearching && (
          <p className="text-ink-2 wrap-anywhere">Nothing matches “{q}”.</p>
        )}
      </fieldset>
    </div>
  );
};

/** The routing or call handling of one number, for all that are selected. */
export const RoutingForm = ({ selected, isShown, onDirty, onPlan, onClose }: FormProps<'routing'>) => {
  const agents = useAgents().data;
  const hours = useBusinessHours().data;
  const [source, setSource] = useState<PhoneNumber | null>(null);
  const [copied, setCopied] = useState<readonly Part[]>(['routing']);
  const [problem, setProblem] = useState<string | null>(null);
  const names = useMemo(
    () =>
      routingNames(
        (id) => agents?.find(({ ai_agent_id }) => ai_agent_id === id)?.agent_name,
        (id) => hours?.find(({ business_hours_id }) => business_hours_id === id)?.name,
      ),
    [agents, hours],
  );
  const preview = () => {
    if (source === null) return setProblem('Choose the number to copy from.');
    if (copied.length === 0) return setProblem('Choose what to copy.');
    setProblem(null);
    const what = copied.map((part) => partNames[part].toLowerCase()).join(' and ');
    onPlan({
      title: `Copy the ${what} of ${source.phone_number_international}`,
      change: bodyOf(source, copied),
    });
  };
  return (
    <ChangeFormFrame
      title="Copy routing from a number"
      about="What is saved of it takes the place of what they have."
      {...{ selected, isShown, problem, onClose }}
      onPreview={preview}
    >
      <SourceChoice
        source={source}
        onChoose={(record) => {
          setSource(record);
          onDirty(true);
        }}
      />
      <fieldset className="grid gap-1.5">
        <legend className="sr-only">What to copy</legend>
        {parts.map((part) => (
          <label key={part} className="grid grid-cols-[auto_1fr] items-center gap-x-3">
            <Checkbox
              checked={copied.includes(part)}
              onCheckedChange={(isOn) =>
                setCopied(parts.filter((each) => (each === part ? isOn === true : copied.includes(each))))
              }
            />
            {partNames[part]}
            {source && (
              <span className="col-start-2 text-xs text-ink-3">{summaryOf(source, part, names)}</span>
            )}
          </label>
        ))}
      </fieldset>
    </ChangeFormFrame>
  );
};
