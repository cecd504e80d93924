import { Suspense, useState } from 'react';
import type { View } from '#contract/views.ts';
import type { GridLayout } from '#client/components/data-grid/use-grid-layout.ts';
import { Button } from '#client/components/ui/button.tsx';
import { lazyPart } from '#client/lib/lazy-part.ts';
import type { ListToExport } from '#client/features/number-list/export/use-export.ts';

const loadMenu = () => import('./open-list-menu.tsx');
const OpenListMenu = lazyPart(() => loadMenu().then((file) => ({ default: file.OpenListMenu })));
const onIntent = () => void loadMenu();

export interface ListMenuProps extends ListToExport {
  /** The view that is open. */
  view: View | null;
  /** How the list is laid out. */
  layoutNow: () => GridLayout;
}

/** What can be done with all that the list shows. A plain button until it is first pressed. */
export const ListMenu = (props: ListMenuProps) => {
  const [isWanted, want] = useState(false);
  const button = (
    <Button
      variant="ghost"
      size="icon"
      aria-label="More for this list"
      aria-haspopup="menu"
      onClick={() => want(true)}
      onPointerEnter={onIntent}
      onFocus={onIntent}
    >
      <span aria-hidden="true">⋯</span>
    </Button>
  );
  return isWanted ? (
    <Suspense fallback={button}>
      <OpenListMenu {...props} />
    </Suspense>
  ) : (
    button
  );
};
