import { Suspense, useState, type ComponentProps } from 'react';
import { initials } from '#client/lib/words/format.ts';
import { lazyPart } from '#client/lib/lazy-part.ts';
import { roleNames } from '#client/lib/words/role-names.ts';
import { useMe } from '#client/features/sessions/queries.ts';

const loadMenu = () => import('./operator-menu.tsx');
const OperatorMenu = lazyPart(() => loadMenu().then((file) => ({ default: file.OperatorMenu })));

const Face = (props: ComponentProps<'button'>) => {
  const { name, role } = useMe();
  return (
    <button
      type="button"
      aria-haspopup="menu"
      className="flex w-full items-center gap-2.25 rounded-md p-2 text-left hover:bg-hover aria-expanded:bg-press max-lg:justify-center"
      {...props}
    >
      <span
        aria-hidden="true"
        className="grid size-5.5 shrink-0 place-items-center rounded-full bg-press text-2xs font-semibold text-ink-2"
      >
        {initials(name) || '?'}
      </span>
      <span className="truncate max-lg:sr-only" title={name}>
        {name}
      </span>
      <span className="ml-auto text-ink-3 max-lg:sr-only">{roleNames[role]}</span>
    </button>
  );
};

/** Who is signed in. The menu behind it is fetched when the hand comes near. */
export const OperatorButton = () => {
  const [isMenuWanted, wantMenu] = useState(false);
  const closed = (
    <Face
      aria-expanded={false}
      onClick={() => wantMenu(true)}
      onPointerEnter={() => void loadMenu()}
      onFocus={() => void loadMenu()}
    />
  );
  if (!isMenuWanted) return closed;
  return (
    <Suspense fallback={closed}>
      <OperatorMenu>
        <Face />
      </OperatorMenu>
    </Suspense>
  );
};
