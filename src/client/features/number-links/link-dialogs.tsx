import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { ConfirmDialog } from '#client/components/confirm-dialog.tsx';
import { whereWords } from '#client/features/numbers/saved-where.ts';
import { toast } from '#client/lib/toast.ts';
import { useLinkActs } from './acts.ts';
import type { LinkAsked } from './link-items.tsx';
import { UnlinkDialog } from './unlink-dialog.tsx';

interface Props {
  record: PhoneNumber;
  asked: LinkAsked;
  onClose: () => void;
}

/** Asks before a number is linked to an account, or its link is forgotten. */
export const LinkDialogs = ({ record, asked, onClose }: Props) => {
  const acts = useLinkActs();
  const number = record.phone_number_international;
  if ('unlink' in asked)
    return (
      <UnlinkDialog
        name={asked.name}
        unlink={() => acts.unlink.mutateAsync({ record, role: asked.unlink.role })}
        onClose={onClose}
      />
    );
  const { connection_id, role, name } = asked.link;
  return (
    <ConfirmDialog
      title={`Link ${number} to ${name}?`}
      verb="Link"
      isHarm={false}
      run={async () => {
        const stored = await acts.link.mutateAsync({ record, role, connection_id });
        toast({ message: `${number} linked${whereWords(stored, new Map([[connection_id, name]]))}` });
      }}
      onClose={onClose}
    >
      {name} is asked for this number. If it is there, the two are compared, and nothing is overwritten
      unasked. If it is not, it is created there as it is here.
    </ConfirmDialog>
  );
};
