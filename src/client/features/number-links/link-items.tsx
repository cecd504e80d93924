import { LinkIcon, UnlinkIcon } from 'lucide-react';
import type { Connection } from '#contract/connections/connections.ts';
import type { Link } from '#contract/connections/links.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { DropdownMenuItem } from '#client/components/ui/dropdown-menu.tsx';
import { useConnections } from '#client/features/connections/queries.ts';

export type LinkAsked = { link: Connection } | { unlink: Link; name: string };

interface Props {
  record: PhoneNumber;
  onAsk: (asked: LinkAsked) => void;
}

/** In the menu of a number: the accounts that it can be linked to, or is; of a role there is one at most. */
export const LinkItems = ({ record: { links }, onAsk }: Props) => {
  const connections = useConnections().data?.connections ?? [];
  const linkable = connections.filter(({ role }) => links.every((link) => link.role !== role));
  return (
    <>
      {linkable.map((connection) => (
        <DropdownMenuItem key={connection.connection_id} onSelect={() => onAsk({ link: connection })}>
          <LinkIcon aria-hidden="true" /> Link to {connection.name}…
        </DropdownMenuItem>
      ))}
      {links.map((link) => {
        const name =
          connections.find(({ connection_id: id }) => id === link.connection_id)?.name ?? 'the platform';
        return (
          <DropdownMenuItem key={link.role} onSelect={() => onAsk({ unlink: link, name })}>
            <UnlinkIcon aria-hidden="true" /> Unlink from {name}…
          </DropdownMenuItem>
        );
      })}
    </>
  );
};
