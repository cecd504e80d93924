import type { Role } from '#contract/access.ts';
import type { Operator } from '#contract/operators.ts';
import { RelativeTime } from '#client/components/relative-time.tsx';
import { RowMenu } from '#client/components/row-menu.tsx';
import { Cut, Td, Tr } from '#client/components/table.tsx';
import { Badge } from '#client/components/ui/badge.tsx';
import {
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
} from '#client/components/ui/dropdown-menu.tsx';
import { classes } from '#client/lib/classes.ts';
import { roleNames } from '#client/lib/words/role-names.ts';

export type OperatorAct =
  | { kind: 'rename' }
  | { kind: 'disable' }
  | { kind: 'enable' }
  | { kind: 'role'; role: Role };

const isRole = (value: string): value is Role => Object.hasOwn(roleNames, value);

interface Props {
  operator: Operator;
  isSelf: boolean;
  onAct: (act: OperatorAct, operator: Operator) => void;
}

export const OperatorRow = ({ operator, isSelf, onAct }: Props) => {
  const { name, email, role, is_disabled, created_at } = operator;
  return (
    <Tr className={classes(is_disabled && 'text-ink-3')}>
      <Td className="w-1/2 max-w-0">
        <span className="flex items-center gap-2">
          <Cut className="font-medium">{name}</Cut>
          {isSelf && <span className="shrink-0 text-xs text-ink-3">you</span>}
          {is_disabled && <Badge className="shrink-0">Disabled</Badge>}
        </span>
      </Td>
      <Td className={classes('w-1/2 max-w-0 max-sm:hidden', !is_disabled && 'text-ink-2')}>
        <Cut>{email}</Cut>
      </Td>
      <Td>{roleNames[role]}</Td>
      <Td className="whitespace-nowrap text-ink-3 max-sm:hidden">
        <RelativeTime at={created_at} />
      </Td>
      <Td className="w-10">
        <RowMenu label={`Actions for ${name}`}>
          <DropdownMenuItem onSelect={() => onAct({ kind: 'rename' }, operator)}>Rename</DropdownMenuItem>
          <DropdownMenuSeparator />
          <DropdownMenuLabel>Role</DropdownMenuLabel>
          <DropdownMenuRadioGroup
            value={role}
            onValueChange={(chosen) =>
              isRole(chosen) && chosen !== role && onAct({ kind: 'role', role: chosen }, operator)
            }
          >
            {Object.entries(roleNames).map(([value, label]) => (
              <DropdownMenuRadioItem key={value} value={value}>
                {label}
              </DropdownMenuRadioItem>
            ))}
          </DropdownMenuRadioGroup>
          {!isSelf && (
            <>
              <DropdownMenuSeparator />
              {is_disabled ? (
                <DropdownMenuItem onSelect={() => onAct({ kind: 'enable' }, operator)}>
                  Enable
                </DropdownMenuItem>
              ) : (
                <DropdownMenuItem variant="harm" onSelect={() => onAct({ kind: 'disable' }, operator)}>
                  Disable
                </DropdownMenuItem>
              )}
            </>
          )}
        </RowMenu>
      </Td>
    </Tr>
  );
};
