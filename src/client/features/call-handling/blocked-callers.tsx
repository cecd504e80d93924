import { useMemo, useState } from 'react';
import { useController } from 'react-hook-form';
import type { BlockedCaller } from '#contract/numbers/call-handling.ts';
import { MAX_BLOCKED_CALLERS } from '#contract/numbers/limits.ts';
import { spellPhoneNumber } from '#contract/reading/phone-number.ts';
import { Button } from '#client/components/ui/button.tsx';
import { Input } from '#client/components/ui/input.tsx';
import { useNow } from '#client/lib/use-now.ts';
import {
  useIsChanged,
  usePhoneNumberForm,
  usePlace,
  useTarget,
} from '#client/features/number-fields/form-context.ts';
import type { PhoneNumberValues } from '#client/features/number-fields/phone-number-values.ts';
import { keyOf, parseBlocked } from '#client/features/number-fields/typed/parse-blocked.ts';
import { useNumberZone } from '#client/features/number-fields/use-number-zone.ts';
import { useFieldMessages } from '#client/features/number-fields/use-field-messages.ts';
import { listOrNull } from '#client/features/number-routing/rules/drafts.ts';
import { plural } from '#client/lib/words/format.ts';
import { matches } from '#client/lib/matches.ts';
import { AddCallers } from './add-callers.tsx';
import { BlockedRow } from './blocked-row.tsx';
import { EnforcementBadge } from './enforcement-badge.tsx';
import { pendingWords } from './pending-words.ts';

const PAGE = 20;
const pointer = '/call_handling/blocked_callers';

/** Callers that are declined: up to five hundred, a page at a time. */
export const BlockedCallers = () => {
  const place = usePlace();
  const { field } = useController<PhoneNumberValues, 'call_handling.blocked_callers'>({
    name: 'call_handling.blocked_callers',
  });
  const { field: typed } = useController<PhoneNumberValues, 'typed.blocked_callers'>({
    name: 'typed.blocked_callers',
  });
  const { record, mayEdit } = usePhoneNumberForm();
  const { added, duplicates } = useMemo(
    () => parseBlocked(typed.value, field.value ?? []),
    [typed.value, field.value],
  );
  const toStore = added.length === 0 ? field.value : [...added, ...(field.value ?? [])];
  const isChanged = useIsChanged('call_handling.blocked_callers', toStore);
  const messages = useFieldMessages();
  const now = useNow();
  const zone = useNumberZone();
  const [page, setPage] = useState(0);
  const [sought, setSought] = useState('');
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const [announcement, announce] = useState('');
  const all = field.value ?? [];
  const placed = all.map((blocked, at) => ({ blocked, at }));
  const spelled = spellPhoneNumber(sought);
  const isSought = (blocked: BlockedCaller) =>
    matches(`${keyOf(blocked)} ${blocked.reason ?? ''}`, sought) ||
    (spelled !== '' && keyOf(blocked).includes(spelled));
  const found = sought.trim() === '' ? placed : placed.filter(({ blocked }) => isSought(blocked));
  const pages = Math.max(1, Math.ceil(found.length / PAGE));
  const current = Math.min(page, pages - 1);
  const shown = found.slice(current * PAGE, (current + 1) * PAGE);

  const set = (next: BlockedCaller[]) => field.onChange(listOrNull(next));
  const add = () => {
    if (added.length > 0) set([...added, ...all]);
    typed.onChange('');
    setOpen(new Set());
    setPage(0);
    setSought('');
    announce(
      duplicates === 0
        ? ''
        : `${plural(duplicates, 'caller')} of these ${duplicates === 1 ? 'is' : 'are'} there already.`,
    );
  };
  const remove = (at: number) => {
    set(all.toSpliced(at, 1));
    setOpen(
      new Set([...open].filter((other) => other !== at).map((other) => (other > at ? other - 1 : other))),
    );
    announce('');
  };
  const toggle = (at: number) =>
    setOpen((before) =>
      before.has(at) ? new Set([...before].filter((other) => other !== at)) : new Set([...before, at]),
    );

  useTarget(
    (place) => place.startsWith(pointer),
    (place) => {
      const at = Number(place.split('/')[3]);
      if (Number.isNaN(at)) return;
      setSought('');
      setPage(Math.floor(at / PAGE));
      setOpen((before) => new Set([...before, at]));
    },
  );

  return (
    <section {...place(pointer)} tabIndex={-1} className="grid grid-cols-1 gap-2 outline-hidden">
      <div className="flex flex-wrap items-baseline gap-x-2">
        <h3 className="text-sm font-semibold">Blocked callers</h3>
        <EnforcementBadge of="blocked_callers" />
        {isChanged && <span className="text-cord-ink">changed</span>}
        <span className="ml-auto text-ink-3">
          {all.length > 0 && `${all.length} of ${MAX_BLOCKED_CALLERS}`}
        </span>
      </div>
      <p className="text-xs text-ink-3">Their calls are declined. Default: nobody is blocked.</p>
      {messages.get(pointer) && (
        <p role="alert" className="text-xs text-harm">
          {messages.get(pointer)}
        </p>
      )}
      {mayEdit && (
        <AddCallers
          text={typed.value}
          onText={typed.onChange}
          room={MAX_BLOCKED_CALLERS - all.length}
          isChanged={added.length > 0}
          onAdd={add}
        />
      )}
      <output className="text-xs text-ink-2 empty:hidden">
        {[
          isChanged && pendingWords(record?.call_handling?.blocked_callers ?? [], toStore ?? []),
          announcement,
        ]
          .filter(Boolean)
          .join(' ')}
      </output>
      {all.length > PAGE && (
        <Input
          type="search"
          aria-label="Find a blocked caller"
          placeholder="Find a number or a reason"
          value={sought}
          onChange={({ target }) => {
            setSought(target.value);
            setPage(0);
          }}
        />
      )}
      {all.length === 0 && !mayEdit && <p className="text-ink-3">Nobody is blocked.</p>}
      <ul aria-label="Blocked callers" className="empty:hidden">
        {zone !== null &&
          shown.map(({ blocked, at }) => (
            <BlockedRow
              key={at}
              pointer={`${pointer}/${at}`}
              blocked={blocked}
              messages={messages}
              mayEdit={mayEdit}
              isOpen={open.has(at)}
              now={now}
              zone={zone}
              onOpen={() => toggle(at)}
              onChange={(next) => set(all.with(at, next))}
              onRemove={() => remove(at)}
            />
          ))}
      </ul>
      {sought !== '' && found.length === 0 && <p className="text-ink-2">No blocked caller matches.</p>}
      {pages > 1 && (
        <div className="flex items-center gap-2">
          <Button variant="outline" size="sm" disabled={current === 0} onClick={() => setPage(current - 1)}>
            Previous
          </Button>
          <Button
            variant="outline"
            size="sm"
            disabled={current === pages - 1}
            onClick={() => setPage(current + 1)}
          >
            Next
          </Button>
          <span className="text-xs text-ink-3">
            {current * PAGE + 1} to {Math.min((current + 1) * PAGE, found.length)} of {found.length}
          </span>
        </div>
      )}
    </section>
  );
};
