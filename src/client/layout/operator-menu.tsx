import { KeyboardIcon, KeyRoundIcon, LogOutIcon, SearchIcon, SunMoonIcon } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '#client/components/ui/dropdown-menu.tsx';
import { Kbd } from '#client/components/ui/kbd.tsx';
import { modKey } from '#client/lib/keyboard.ts';
import { useSignOut } from '#client/features/sessions/acts.ts';
import { useMe } from '#client/features/sessions/queries.ts';
import { openOverlay } from './overlay.ts';

/** Mounts open: it is only fetched by the press that wants it. */
export const OperatorMenu = ({ children }: { children: ReactNode }) => {
  const [isOpen, setOpen] = useState(true);
  const [, go] = useLocation();
  const { email } = useMe();
  const signOut = useSignOut();
  return (
    <DropdownMenu open={isOpen} onOpenChange={setOpen}>
      <DropdownMenuTrigger asChild>{children}</DropdownMenuTrigger>
      <DropdownMenuContent
        side="top"
        align="start"
        className="w-(--radix-dropdown-menu-trigger-width) min-w-52"
      >
        <DropdownMenuLabel className="truncate" title={email}>
          {email}
        </DropdownMenuLabel>
        <DropdownMenuItem onSelect={() => go('/settings/appearance')}>
          <SunMoonIcon aria-hidden="true" />
          Appearance
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => go('/settings/account')}>
          <KeyRoundIcon aria-hidden="true" />
          Password and sessions
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={() => openOverlay('palette')}>
          <SearchIcon aria-hidden="true" />
          Go to
          <span className="ml-auto flex gap-1">
            <Kbd>{modKey}</Kbd>
            <Kbd>K</Kbd>
          </span>
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => openOverlay('keys')}>
          <KeyboardIcon aria-hidden="true" />
          Keyboard shortcuts
          <Kbd className="ml-auto">?</Kbd>
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={() => signOut.mutate()}>
          <LogOutIcon aria-hidden="true" />
          Sign out
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
};
