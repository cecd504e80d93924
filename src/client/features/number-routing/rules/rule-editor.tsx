import { useState } from 'react';
import type { Conditions, HoursCondition, Rule } from '#contract/numbers/routing.ts';
import { FormSheetField } from '#client/components/form/form-sheet-field.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { Input } from '#client/components/ui/input.tsx';
import { usePlace } from '#client/features/number-fields/form-context.ts';
import { CountryList } from './country-list.tsx';
import { DestinationEditor } from './destination-editor.tsx';
import { listOrNull } from './drafts.ts';
import { useRoutingEditor } from './editor-context.ts';
import { EntryList, entryError } from './entry-list.tsx';
import { ChoiceSelect } from './select.tsx';

const hoursNames: Record<HoursCondition, string> = {
  any: 'At any time',
  open: 'Business hours are open',
  closed: 'Business hours are closed',
  exception: 'On a holiday or exception day',
};
const anonymousNames = { any: 'Given or withheld', true: 'Withheld', false: 'Given' };
type AnonymousName = keyof typeof anonymousNames;
const anonymousValues: Record<AnonymousName, Conditions['anonymous']> = {
  any: 'any',
  true: true,
  false: false,
};

interface PartProps {
  pointer: string;
  when: Conditions;
  onChange: (when: Conditions) => void;
}

const asksMore = ({ caller_prefixes: prefixes, caller_in: callers, anonymous }: Conditions) =>
  anonymous !== 'any' || [prefixes, callers].some((list) => list !== null && list.length > 0);

const MoreConditions = ({ pointer, when, onChange }: PartProps) => {
  const place = usePlace();
  const { mayEdit, messages } = useRoutingEditor();
  const list = (name: 'caller_prefixes' | 'caller_in', label: string, hint: string, placeholder: string) => (
    <FormSheetField
      label={label}
      hint={mayEdit && hint}
      error={entryError(messages, `${pointer}/${name}`)}
      isTall
      isText={!mayEdit}
    >
      {(control) => (
        <EntryList
          control={control}
          pointer={`${pointer}/${name}`}
          entries={when[name] ?? []}
          placeholder={placeholder}
          mayEdit={mayEdit}
          onChange={(entries) => onChange({ ...when, [name]: listOrNull(entries) })}
        />
      )}
    </FormSheetField>
  );
  return (
    <>
      {list('caller_prefixes', 'Number begins with', 'One a line, in international form.', '+8801')}
      {list('caller_in', 'Certain callers', 'One number a line.', '+8801711204418')}
      <FormSheetField label="Caller’s number" error={messages.get(`${pointer}/anonymous`)} isText={!mayEdit}>
        {(control) => (
          <ChoiceSelect
            {...control}
            {...place(`${pointer}/anonymous`)}
            value={String(when.anonymous) as AnonymousName}
            names={anonymousNames}
            mayEdit={mayEdit}
            onChange={(anonymous) => onChange({ ...when, anonymous: anonymousValues[anonymous] })}
          />
        )}
      </FormSheetField>
    </>
  );
};

const ConditionsEditor = ({ pointer, when, onChange }: PartProps) => {
  const place = usePlace();
  const { mayEdit, messages } = useRoutingEditor();
  const [showsMore, setShowsMore] = useState(asksMore(when));
  const label = 'Caller from';
  return (
    <>
      <FormSheetField label="When" error={messages.get(`${pointer}/hours`)} isText={!mayEdit}>
        {(control) => (
          <ChoiceSelect
            {...control}
            {...place(`${pointer}/hours`)}
            value={when.hours}
            names={hoursNames}
            mayEdit={mayEdit}
            onChange={(hours) => onChange({ ...when, hours })}
          />
        )}
      </FormSheetField>
      <FormSheetField
        label={label}
        error={entryError(messages, `${pointer}/caller_countries`)}
        isText={!mayEdit}
      >
        {(control) => (
          <CountryList
            control={control}
            pointer={`${pointer}/caller_countries`}
            label="the caller’s countries"
            none="Any country"
            codes={when.caller_countries ?? []}
            mayEdit={mayEdit}
            onChange={(codes) => onChange({ ...when, caller_countries: listOrNull(codes) })}
          />
        )}
      </FormSheetField>
      {showsMore || asksMore(when) ? (
        <MoreConditions pointer={pointer} when={when} onChange={onChange} />
      ) : (
        mayEdit && (
          <Button
            variant="ghost"
            size="sm"
            className="justify-self-start sm:ml-39"
            onClick={() => setShowsMore(true)}
          >
            More conditions
          </Button>
        )
      )}
    </>
  );
};

/** One rule, opened in its place. */
export const RuleEditor = ({
  pointer,
  rule,
  onChange,
}: {
  pointer: string;
  rule: Rule;
  onChange: (rule: Rule) => void;
}) => {
  const place = usePlace();
  const { mayEdit, messages } = useRoutingEditor();
  return (
    <div className="grid grid-cols-1 gap-2 border-t px-3 py-3">
      {(mayEdit || rule.name !== null) && (
        <FormSheetField label="Name" error={messages.get(`${pointer}/name`)} isText={!mayEdit}>
          {(control) =>
            mayEdit ? (
              <Input
                {...control}
                {...place(`${pointer}/name`)}
                value={rule.name ?? ''}
                placeholder="What people call it"
                autoComplete="off"
                dir="auto"
                onChange={({ target }) =>
                  onChange({ ...rule, name: target.value === '' ? null : target.value })
                }
              />
            ) : (
              <bdi className="py-1.75">{rule.name}</bdi>
            )
          }
        </FormSheetField>
      )}
      <ConditionsEditor
        pointer={`${pointer}/when`}
        when={rule.when}
        onChange={(when) => onChange({ ...rule, when })}
      />
      <DestinationEditor
        pointer={`${pointer}/destination`}
        value={rule.destination}
        onChange={(destination) => onChange({ ...rule, destination })}
      />
    </div>
  );
};
