import { ChevronRightIcon, GripVerticalIcon } from 'lucide-react';
import type { CSSProperties, KeyboardEvent, PointerEvent } from 'react';
import type { Rule } from '#contract/numbers/routing.ts';
import { RowMenu } from '#client/components/row-menu.tsx';
import { DropdownMenuItem, DropdownMenuSeparator } from '#client/components/ui/dropdown-menu.tsx';
import { Switch } from '#client/components/ui/switch.tsx';
import { usePlace } from '#client/features/number-fields/form-context.ts';
import { classes } from '#client/lib/classes.ts';
import { hasMessageWithin, useRoutingEditor } from './editor-context.ts';
import { FindingNotes } from './finding-notes.tsx';
import { RuleEditor } from './rule-editor.tsx';
import { RuleSentence } from './sentence.tsx';

export interface RuleCardProps {
  rule: Rule;
  at: number;
  count: number;
  isOpen: boolean;
  isCarried: boolean;
  style: CSSProperties | undefined;
  onToggle: () => void;
  onChange: (rule: Rule) => void;
  onMove: (to: number) => void;
  onCarry: (event: PointerEvent<HTMLElement>) => void;
  onDuplicate: () => void;
  onRemove: () => void;
}

const steps: Record<string, (at: number, count: number) => number> = {
  ArrowUp: (at) => at - 1,
  ArrowDown: (at) => at + 1,
  Home: () => 0,
  End: (_, count) => count - 1,
};

const Handle = ({
  name,
  at,
  count,
  onMove,
  onCarry,
}: Pick<RuleCardProps, 'at' | 'count' | 'onMove' | 'onCarry'> & { name: string }) => (
  <button
    type="button"
    data-handle=""
    aria-label={`Move ${name}`}
    title="Drag, or press an arrow key"
    className="grid size-7 shrink-0 cursor-grab! touch-none place-items-center rounded-sm text-ink-3 hover:text-ink active:cursor-grabbing!"
    onPointerDown={onCarry}
    onKeyDown={(event) => {
      const to = steps[event.key]?.(at, count);
      if (to === undefined) return;
      event.preventDefault();
      onMove(to);
    }}
  >
    <GripVerticalIcon aria-hidden="true" className="size-4" />
  </button>
);

/** One rule: read as a sentence, moved, switched, and opened to be edited in its place. */
export const RuleCard = ({ rule, at, count, isOpen, isCarried, style, ...acts }: RuleCardProps) => {
  const place = usePlace();
  const { mayEdit, messages } = useRoutingEditor();
  const pointer = `/routing/rules/${at}`;
  const name = `rule ${at + 1}${rule.name === null ? '' : `, ${rule.name}`}`;
  // What is said of the rule as a whole, or of a part that has no control.
  const ofRule = [pointer, `${pointer}/id`, `${pointer}/when`]
    .map((place) => messages.get(place))
    .find((message) => message !== undefined);
  const isWrong = hasMessageWithin(messages, pointer);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!mayEdit || !event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    acts.onMove(event.key === 'ArrowUp' ? at - 1 : at + 1);
  };
  return (
    <li
      data-rule={rule.id}
      style={style}
      className={classes(
        'rounded-lg border bg-surface',
        isWrong ? 'border-harm' : 'border-line-2',
        isCarried && 'shadow-float',
      )}
    >
      <div className={classes('flex min-h-9.5 items-center gap-1 pr-1', mayEdit ? 'pl-1' : 'pl-2')}>
        {mayEdit && <Handle name={name} at={at} count={count} onMove={acts.onMove} onCarry={acts.onCarry} />}
        <button
          type="button"
          {...place(pointer)}
          aria-expanded={isOpen}
          onKeyDown={onKeyDown}
          className="group flex min-w-0 flex-1 items-start gap-2 rounded-sm py-2 text-left"
          onClick={acts.onToggle}
        >
          <span className="min-w-0 flex-1">
            <span className="sr-only">Rule {at + 1}. </span>
            {rule.name !== null && (
              <bdi title={rule.name} className="block truncate text-xs text-ink-3">
                {rule.name}
              </bdi>
            )}
            <span
              className={classes(
                'line-clamp-3 wrap-anywhere',
                rule.enabled ? 'text-ink-2' : 'text-ink-3 *:text-ink-3',
              )}
            >
              <RuleSentence rule={rule} />
              {!rule.enabled && <span className="sr-only">, switched off</span>}
            </span>
          </span>
          <ChevronRightIcon
            aria-hidden="true"
            className="mt-0.5 size-4 shrink-0 text-ink-3 group-aria-expanded:rotate-90"
          />
        </button>
        {mayEdit ? (
          <>
            <Switch
              aria-label={`Rule ${at + 1} is on`}
              checked={rule.enabled}
              onCheckedChange={(enabled) => acts.onChange({ ...rule, enabled })}
            />
            <RowMenu label={`Actions for ${name}`}>
              <DropdownMenuItem disabled={at === 0} onSelect={() => acts.onMove(at - 1)}>
                Move up
              </DropdownMenuItem>
              <DropdownMenuItem disabled={at === count - 1} onSelect={() => acts.onMove(at + 1)}>
                Move down
              </DropdownMenuItem>
              <DropdownMenuItem onSelect={acts.onDuplicate}>Duplicate</DropdownMenuItem>
              <DropdownMenuSeparator />
              <DropdownMenuItem variant="harm" onSelect={acts.onRemove}>
                Remove
              </DropdownMenuItem>
            </RowMenu>
          </>
        ) : (
          !rule.enabled && <span className="pr-2 text-xs text-ink-3">off</span>
        )}
      </div>
      {ofRule !== undefined && (
        <p role="alert" className="px-3 pb-2 text-xs text-harm">
          {ofRule}
        </p>
      )}
      <FindingNotes
        at={(place) => place === pointer || place.startsWith(`${pointer}/`)}
        className="px-3 pb-2"
      />
      {isOpen && <RuleEditor pointer={pointer} rule={rule} onChange={acts.onChange} />}
    </li>
  );
};
