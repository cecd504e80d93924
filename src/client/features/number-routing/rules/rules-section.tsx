import { PlusIcon } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useController } from 'react-hook-form';
import { MAX_RULES } from '#contract/numbers/limits.ts';
import type { Rule } from '#contract/numbers/routing.ts';
import { Button } from '#client/components/ui/button.tsx';
import { usePlace, useTarget } from '#client/features/number-fields/form-context.ts';
import { useOpened } from '#client/lib/address/use-opened.ts';
import type { PhoneNumberValues } from '#client/features/number-fields/phone-number-values.ts';
import { newRule, newRuleId } from './drafts.ts';
import { useRoutingEditor } from './editor-context.ts';
import { Otherwise } from './otherwise.tsx';
import { RuleCard } from './rule-card.tsx';
import { moved } from '#client/lib/pointer/moved.ts';
import { useDragOrder } from '#client/lib/pointer/use-drag-order.ts';

interface Removed {
  rule: Rule;
  at: number;
}

/** The rules in order, the first that matches winning, and what comes where none does. */
export const RulesSection = () => {
  const place = usePlace();
  const { field } = useController<PhoneNumberValues, 'routing.rules'>({ name: 'routing.rules' });
  const { mayEdit, messages } = useRoutingEditor();
  const { open, show, hide } = useOpened();
  const [removed, setRemoved] = useState<Removed | null>(null);
  const [announcement, announce] = useState('');
  const list = useRef<HTMLOListElement>(null);
  const mustFocus = useRef<{ id: string; what: string } | null>(null);
  const rules = field.value;

  const set = (next: Rule[]) => field.onChange(next);
  const focusLater = (id: string, what: string) => {
    mustFocus.current = { id, what };
  };
  // A moved item loses the focus on its way through the document; a new one has never had it.
  useEffect(() => {
    const { current: wanted } = mustFocus;
    if (wanted === null) return;
    mustFocus.current = null;
    list.current?.querySelector<HTMLElement>(`[data-rule="${wanted.id}"] ${wanted.what}`)?.focus();
  });

  const move = (from: number, to: number) => {
    const rule = rules[from];
    if (rule === undefined || to < 0 || to >= rules.length || to === from) return;
    if (document.activeElement?.closest('[data-rule]')) focusLater(rule.id, '[data-handle]');
    set(moved(rules, from, to));
    announce(`${rule.name ?? 'The rule'} is now rule ${to + 1} of ${rules.length}.`);
  };
  const { begin, styleOf, carried } = useDragOrder(list, move);

  const insert = (rule: Rule, at: number) => {
    set(rules.toSpliced(at, 0, rule));
    show(rule.id);
    focusLater(rule.id, '[data-pointer$="/name"]');
    announce(`Rule ${at + 1} added.`);
  };
  const remove = (at: number) => {
    const rule = rules[at];
    if (rule === undefined) return;
    set(rules.toSpliced(at, 1));
    hide(rule.id);
    setRemoved({ rule, at });
    announce(`Rule ${at + 1} removed.`);
  };

  useTarget(
    (pointer) => pointer.startsWith('/routing/rules'),
    (pointer) => {
      const rule = rules[Number(pointer.split('/')[3])];
      if (rule) show(rule.id);
    },
  );

  return (
    <section className="grid grid-cols-1 gap-2">
      <div className="mb-0.5 flex items-baseline gap-2">
        <h3 className="text-sm font-semibold">Rules, first match wins</h3>
        {rules.length > 9 && <span className="text-xs text-ink-3">{rules.length} rules</span>}
      </div>
      {messages.get('/routing/rules') && (
        <p role="alert" {...place('/routing/rules')} tabIndex={-1} className="text-xs text-harm">
          {messages.get('/routing/rules')}
        </p>
      )}
      <ol ref={list} className="grid grid-cols-1 gap-1.5 empty:hidden">
        {rules.map((rule, at) => (
          <RuleCard
            key={rule.id}
            rule={rule}
            at={at}
            count={rules.length}
            isOpen={open.has(rule.id)}
            isCarried={carried === at}
            style={styleOf(at)}
            onToggle={() => (open.has(rule.id) ? hide(rule.id) : show(rule.id))}
            onChange={(next) => set(rules.with(at, next))}
            onMove={(to) => move(at, to)}
            onCarry={(event) => begin(at, event)}
            onDuplicate={() => insert({ ...structuredClone(rule), id: newRuleId() }, at + 1)}
            onRemove={() => remove(at)}
          />
        ))}
      </ol>
      {removed && !rules.some(({ id }) => id === removed.rule.id) && (
        <div className="flex items-center gap-2 rounded-lg border border-dashed border-line-2 py-1 pr-1 pl-3 text-ink-2">
          <span className="truncate">
            Rule {removed.at + 1}
            {removed.rule.name !== null && (
              <>
                , <bdi>{removed.rule.name}</bdi>,
              </>
            )}{' '}
            removed.
          </span>
          <Button
            variant="outline"
            size="sm"
            className="ml-auto"
            onClick={() => {
              set(rules.toSpliced(Math.min(removed.at, rules.length), 0, removed.rule));
              focusLater(removed.rule.id, '[data-handle]');
              setRemoved(null);
            }}
          >
            Undo
          </Button>
        </div>
      )}
      <Otherwise />
      {mayEdit && (
        <Button
          variant="outline"
          size="sm"
          className="justify-self-start"
          disabled={rules.length >= MAX_RULES}
          onClick={() => insert(newRule(), rules.length)}
        >
          <PlusIcon aria-hidden="true" className="size-3.5" /> Add rule
        </Button>
      )}
      {mayEdit && rules.length >= MAX_RULES && (
        <p className="text-xs text-ink-3">A number has at most {MAX_RULES} rules.</p>
      )}
      <output className="sr-only">{announcement}</output>
    </section>
  );
};
