import type { LinkDetail, LinkField } from '#contract/connections/links.ts';
import { Button } from '#client/components/ui/button.tsx';
import { fieldName } from '#client/features/audit-events/audit-words.ts';
import { Value, type Side } from './link-value.tsx';
import type { LinkActing } from './use-link-acting.ts';

const sideNames: Record<Side, string> = { mine: 'Mine', theirs: 'Theirs', seen: 'Last seen' };
const whoChanged: Record<LinkField['state'], string> = {
  same: 'the same',
  mine: 'changed here',
  theirs: 'changed there',
  both: 'changed here and there',
};

interface RowProps {
  field: LinkField;
  connectionId: string;
  acting: LinkActing | null;
}

const Differing = ({ field, connectionId, acting }: RowProps) => {
  const label = fieldName(field.field);
  return (
    <li className="grid gap-2 border-b border-line/60 py-3 last:border-0">
      <div className="flex min-h-7 flex-wrap items-center gap-2">
        <h4 className="font-medium">{label}</h4>
        <span className="mr-auto text-ink-3">{whoChanged[field.state]}</span>
        {acting && (
          <span className="flex gap-2">
            <Button
              size="sm"
              variant="outline"
              aria-label={`Keep mine: ${label}`}
              isBusy={acting.acting === `mine ${field.field}`}
              onClick={() => acting.keepMine([field.field])}
            >
              Keep mine
            </Button>
            <Button
              size="sm"
              variant="outline"
              aria-label={`Take theirs: ${label}`}
              disabled={field.is_withheld}
              isBusy={acting.acting === `theirs ${field.field}`}
              onClick={() => acting.takeTheirs([field.field])}
            >
              Take theirs
            </Button>
          </span>
        )}
      </div>
      <dl className="grid gap-x-4 gap-y-1.5 sm:grid-cols-3">
        {(['mine', 'theirs', 'seen'] as const).map((side) => (
          <div
            key={side}
            className="grid min-w-0 grid-cols-[5.5rem_minmax(0,1fr)] content-start sm:grid-cols-1"
          >
            <dt className="text-xs text-ink-3">{sideNames[side]}</dt>
            <dd className="min-w-0 wrap-anywhere">
              <Value {...{ field, side, connectionId }} />
            </dd>
          </div>
        ))}
      </dl>
    </li>
  );
};

/** Why a field of which no difference is known is not the same for that; null where it is. */
const whyNotCompared = (
  { is_withheld, is_secret, mine, mine_agent_id: agentId }: LinkField,
  name: string,
) => {
  if (agentId !== undefined && agentId !== null && mine === null)
    return `Has no id on ${name}, and is not sent.`;
  if (!is_withheld) return null;
  return is_secret && mine === null
    ? `${name} does not tell it, and it is not here.`
    : `${name} does not tell it.`;
};

const Known = ({ field, connectionId, name }: Omit<RowProps, 'acting'> & { name: string }) => {
  const whyNot = whyNotCompared(field, name);
  return (
    <div className="grid gap-x-4 py-1 sm:grid-cols-[9rem_minmax(0,1fr)]">
      <dt className="text-ink-2">{fieldName(field.field)}</dt>
      <dd className="min-w-0 wrap-anywhere">
        <Value {...{ field, connectionId }} side="mine" />
        {whyNot !== null && <span className="block text-xs text-ink-3">{whyNot}</span>}
      </dd>
    </div>
  );
};

/** All that goes there: what differs with the choice, then what is the same. */
export const LinkFields = ({
  detail: { fields, fields_not_sent, connection_id: connectionId },
  name,
  acting,
}: {
  detail: LinkDetail;
  name: string;
  acting: LinkActing | null;
}) => {
  const differing = fields.filter(({ state }) => state !== 'same');
  const known = fields.filter(({ state }) => state === 'same');
  const same = known.filter((field) => whyNotCompared(field, name) === null);
  const others = known.filter((field) => whyNotCompared(field, name) !== null);
  return (
    <>
      {differing.length > 0 && (
        <section aria-label="What differs">
          <h3 className="text-sm font-semibold">What differs</h3>
          <ul>
            {differing.map((field) => (
              <Differing key={field.field} {...{ field, connectionId, acting }} />
            ))}
          </ul>
        </section>
      )}
      {(
        [
          [`The same here and on ${name}`, same],
          ['Not compared', others],
        ] as const
      ).map(
        ([title, group]) =>
          group.length > 0 && (
            <section key={title} aria-label={title}>
              <h3 className="mb-1.5 text-sm font-semibold">{title}</h3>
              <dl>
                {group.map((field) => (
                  <Known key={field.field} {...{ field, connectionId, name }} />
                ))}
              </dl>
            </section>
          ),
      )}
      {fields_not_sent.length > 0 && (
        <p className="text-ink-2">
          Stays here: {fields_not_sent.map((field) => fieldName(field)).join(', ')}.
        </p>
      )}
    </>
  );
};
