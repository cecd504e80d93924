import { useEffect, useRef, useState, type ComponentProps } from 'react';
import type { ListColumn } from '#contract/numbers/list/list-columns.ts';
import type { View } from '#contract/views.ts';
import type { GridLayout } from '#client/components/data-grid/use-grid-layout.ts';
import { Button } from '#client/components/ui/button.tsx';
import { Checkbox } from '#client/components/ui/checkbox.tsx';
import { Popover, PopoverAnchor, PopoverContent } from '#client/components/ui/popover.tsx';
import { useAnchored } from '#client/features/numbers/use-anchored.ts';
import { useUpdateMe } from '#client/features/sessions/acts.ts';
import { useMe } from '#client/features/sessions/queries.ts';
import { moved } from '#client/lib/pointer/moved.ts';
import { useDragOrder } from '#client/lib/pointer/use-drag-order.ts';
import { ColumnRow } from './column-row.tsx';
import { columnsToChoose } from './lay-out.ts';
import { orderFor, shownOf, stepped } from './order.ts';
import { useColumnChoice } from './use-column-choice.ts';

const columnNames: Record<ListColumn, string> = {
  phone_number: 'Number',
  friendly_name: 'Name',
  provider: 'Provider',
  inbound_agent_id: 'Inbound agent',
  answering_now: 'Answering now',
  outbound_agent_id: 'Outbound agent',
  labels: 'Labels',
  updated_at: 'Updated',
  created_at: 'Added',
  country: 'Country',
  links: 'Upstream',
};

/** A box in line with those of the columns. */
const Box = ({ label, ...props }: { label: string } & ComponentProps<typeof Checkbox>) => (
  <div className="flex items-center rounded-md hover:bg-hover">
    <span className="size-7 shrink-0" />
    <label className="flex min-h-7.5 flex-1 items-center gap-2.5">
      <Checkbox {...props} />
      {label}
    </label>
  </div>
);

interface ColumnsPanelProps {
  anchor: HTMLElement;
  /** The view that is open. */
  view: View | null;
  layout: GridLayout;
  onClose: () => void;
}

/** Which columns the list shows and in which order, and how high its rows are: all of it at once. */
export const ColumnsPanel = ({ anchor, view, layout, onClose }: ColumnsPanelProps) => {
  const { compact_rows } = useMe();
  const updateMe = useUpdateMe();
  const { chosen, ofView, mayChoose, choose } = useColumnChoice(view);
  const shown = columnsToChoose(layout, chosen);
  const [kept, keep] = useState<readonly ListColumn[]>();
  const order = orderFor(shown, kept);
  const [announcement, announce] = useState('');
  const list = useRef<HTMLUListElement>(null);
  const mustFocus = useRef<ListColumn>(null);
  const { onCloseAutoFocus, onInteractOutside } = useAnchored(anchor);

  // What is moved loses the focus on its way through the document.
  useEffect(() => {
    if (mustFocus.current === null) return;
    list.current?.querySelector<HTMLElement>(`[data-column=${mustFocus.current}] [role=checkbox]`)?.focus();
    mustFocus.current = null;
  });

  const store = (next: readonly ListColumn[], isShown = (id: ListColumn) => shown.includes(id)) => {
    keep(next);
    const columns = shownOf(next, isShown);
    if (columns.join() !== shown.join()) choose(columns);
  };
  const reorder = (id: ListColumn, next: readonly ListColumn[] | undefined) => {
    if (next === undefined || !mayChoose) return;
    mustFocus.current = id;
    store(next);
    announce(`${columnNames[id]} is now at place ${next.indexOf(id) + 2} of ${next.length + 1}.`);
  };
  const { begin, styleOf, carried } = useDragOrder(list, (from, to) => {
    const id = order[from];
    if (id !== undefined) reorder(id, moved(order, from, to));
  });

  return (
    <Popover open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <PopoverAnchor virtualRef={{ current: anchor }} />
      <PopoverContent
        align="end"
        aria-label="Columns"
        className="max-h-[min(26rem,60dvh)] overflow-y-auto"
        onOpenAutoFocus={(event) => {
          event.preventDefault();
          (event.target as Element).querySelector<HTMLElement>('[role=checkbox]:not(:disabled)')?.focus();
        }}
        {...{ onCloseAutoFocus, onInteractOutside }}
      >
        <fieldset disabled={!mayChoose}>
          <legend className="px-2 py-1.5 text-xs text-ink-3">
            {ofView === null ? (
              'Columns'
            ) : (
              <>
                Columns of the view <bdi>{ofView.name}</bdi>
                {!mayChoose && <>, which {ofView.owner.name} and admins change</>}
              </>
            )}
          </legend>
          <Box label={columnNames.phone_number} checked disabled />
          <ul ref={list}>
            {order.map((id, at) => (
              <ColumnRow
                key={id}
                id={id}
                name={columnNames[id]}
                isShown={shown.includes(id)}
                isCarried={carried === at}
                style={styleOf(at)}
                onShow={(isOn) => store(order, (other) => (other === id ? isOn : shown.includes(other)))}
                onStep={(step) => reorder(id, stepped(order, id, step))}
                onCarry={(event) => (mayChoose ? begin(at, event) : undefined)}
              />
            ))}
          </ul>
        </fieldset>
        <div className="-mx-1.25 my-1.25 h-px bg-line" />
        <Box
          label="Compact rows"
          checked={compact_rows}
          onCheckedChange={(checked) => updateMe({ compact_rows: checked === true })}
        />
        <Button
          variant="ghost"
          size="sm"
          disabled={chosen === null || !mayChoose}
          onClick={() => choose(null)}
        >
          {ofView === null ? 'Back to default' : 'Back to my own columns'}
        </Button>
        <output className="sr-only">{announcement}</output>
      </PopoverContent>
    </Popover>
  );
};
