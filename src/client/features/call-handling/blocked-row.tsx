import { PencilIcon, XIcon } from 'lucide-react';
import { useId } from 'react';
import type { BlockedCaller } from '#contract/numbers/call-handling.ts';
import { MomentInput } from '#client/components/date/moment-input.tsx';
import { instantIn, momentText, yourTime } from '#client/components/date/moment-words.ts';
import { ownZone } from '#client/components/time-zone/time-zones.ts';
import { Button } from '#client/components/ui/button.tsx';
import { Input } from '#client/components/ui/input.tsx';
import { usePlace } from '#client/features/number-fields/form-context.ts';
import { ChoiceSelect } from '#client/features/number-routing/rules/select.tsx';

export interface BlockedRowProps {
  pointer: string;
  blocked: BlockedCaller;
  messages: ReadonlyMap<string, string>;
  mayEdit: boolean;
  isOpen: boolean;
  now: number;
  /** The number's: by its clock a block ends. */
  zone: string;
  onOpen: () => void;
  onChange: (blocked: BlockedCaller) => void;
  onRemove: () => void;
}

const kindNames = { number: 'Number', prefix: 'Begins with' };
const textOf = (blocked: BlockedCaller) => ('number' in blocked ? blocked.number : blocked.prefix);

const withKind = (blocked: BlockedCaller, kind: 'number' | 'prefix', text: string): BlockedCaller => {
  const { reason, expires_at } = blocked;
  return kind === 'number' ? { number: text, reason, expires_at } : { prefix: text, reason, expires_at };
};

const EditRow = ({
  pointer,
  blocked,
  messages,
  zone,
  onChange,
}: Pick<BlockedRowProps, 'pointer' | 'blocked' | 'messages' | 'zone' | 'onChange'>) => {
  const place = usePlace();
  const id = useId();
  const kind = 'number' in blocked ? 'number' : 'prefix';
  const noteOf = (part: string) => messages.get(`${pointer}/${part}`);
  const marks = (part: string) => ({
    ...place(`${pointer}/${part}`),
    ...(noteOf(part) !== undefined && { 'aria-invalid': true as const, 'aria-describedby': id }),
  });
  const note = noteOf(kind) ?? noteOf('reason');
  return (
    <div className="grid grid-cols-2 gap-2 pb-2.5 sm:grid-cols-[7.5rem_minmax(0,1fr)_minmax(0,1fr)]">
      <ChoiceSelect
        aria-label="What is blocked"
        value={kind}
        names={kindNames}
        mayEdit
        onChange={(next) => onChange(withKind(blocked, next, textOf(blocked)))}
      />
      <Input
        aria-label={kindNames[kind]}
        {...marks(kind)}
        value={textOf(blocked)}
        autoComplete="off"
        dir="ltr"
        onChange={({ target }) => onChange(withKind(blocked, kind, target.value))}
      />
      <Input
        aria-label="Reason"
        {...marks('reason')}
        value={blocked.reason ?? ''}
        placeholder="Reason"
        autoComplete="off"
        dir="auto"
        className="max-sm:col-span-2"
        onChange={({ target }) => onChange({ ...blocked, reason: target.value === '' ? null : target.value })}
      />
      <label htmlFor={`${id}-until`} className="py-1.75 text-ink-2">
        Until, or for good
      </label>
      <MomentInput
        id={`${id}-until`}
        {...place(`${pointer}/expires_at`)}
        placeholder="For good"
        zone={zone}
        value={blocked.expires_at ?? ''}
        error={noteOf('expires_at')}
        onChange={(end) => onChange({ ...blocked, expires_at: end === '' ? null : end })}
      />
      {note && (
        <p id={id} role="alert" className="col-span-full text-xs text-harm">
          {note}
        </p>
      )}
    </div>
  );
};

/** One caller that is declined: read as a line, edited in its place. */
export const BlockedRow = ({
  pointer,
  blocked,
  messages,
  mayEdit,
  isOpen,
  now,
  zone,
  onOpen,
  onChange,
  onRemove,
}: BlockedRowProps) => {
  const place = usePlace();
  const text = textOf(blocked);
  const end = blocked.expires_at === null ? null : instantIn(blocked.expires_at);
  const [date, time] = end === null ? [] : momentText(zone, end).split(', ');
  return (
    <li {...place(pointer)} tabIndex={-1} className="border-b outline-hidden last:border-b-0">
      <div className="flex min-h-9 items-center gap-3">
        <span dir="ltr" className="w-38 shrink-0 truncate font-mono text-xs" title={text}>
          {text}
          {'prefix' in blocked && <span className="text-ink-3">*</span>}
        </span>
        <span className="min-w-0 flex-1 truncate text-ink-2" title={blocked.reason ?? undefined}>
          <bdi>{blocked.reason}</bdi>
        </span>
        {end !== null && (
          <span
            className="shrink-0 text-xs text-ink-3"
            title={[momentText(zone, end), zone, yourTime(zone, ownZone(), end)].filter(Boolean).join(' ')}
          >
            {end <= now ? 'ended' : `until ${date}`}
            {end > now && <span className="max-sm:hidden">, {time}</span>}
          </span>
        )}
        {mayEdit && (
          <span className="flex shrink-0">
            <Button
              variant="ghost"
              size="iconSm"
              aria-expanded={isOpen}
              aria-label={`Edit ${text}`}
              onClick={onOpen}
            >
              <PencilIcon aria-hidden="true" className="size-3.5" />
            </Button>
            <Button variant="ghost" size="iconSm" aria-label={`Unblock ${text}`} onClick={onRemove}>
              <XIcon aria-hidden="true" />
            </Button>
          </span>
        )}
      </div>
      {isOpen && mayEdit && <EditRow {...{ pointer, blocked, messages, zone, onChange }} />}
    </li>
  );
};
