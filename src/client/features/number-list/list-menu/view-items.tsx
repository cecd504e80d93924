import { CheckIcon } from 'lucide-react';
import {
  DropdownMenuGroup,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
} from '#client/components/ui/dropdown-menu.tsx';
import { useMe } from '#client/features/sessions/queries.ts';
import { hrefOfView, ownFirst, useShownList, useViews } from '#client/features/views/queries.ts';
import { goTo } from '#client/lib/location.ts';

// As `lg` in styles.css: from here on the navigation has the views in it.
const HAS_VIEWS = '(width >= 80rem)';

/** The views, where the navigation has no room for them. */
export const ViewItems = () => {
  const views = useViews() ?? [];
  const shown = useShownList();
  const { operator_id } = useMe();
  if (views.length === 0 || matchMedia(HAS_VIEWS).matches) return null;
  return (
    <>
      <DropdownMenuSeparator />
      <DropdownMenuGroup aria-labelledby="menu-views">
        <DropdownMenuLabel id="menu-views">Views</DropdownMenuLabel>
        {ownFirst(views, operator_id).map((view) => {
          const href = hrefOfView(view);
          return (
            <DropdownMenuItem
              key={view.view_id}
              aria-current={shown === href ? 'page' : undefined}
              onSelect={() => goTo(href)}
            >
              <bdi className="max-w-64 min-w-0 truncate" title={view.name}>
                {view.name}
              </bdi>
              {shown === href && <CheckIcon aria-hidden="true" className="ml-auto" />}
            </DropdownMenuItem>
          );
        })}
      </DropdownMenuGroup>
    </>
  );
};
