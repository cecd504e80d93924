import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState, type RefObject } from 'react';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { Button } from '#client/components/ui/button.tsx';
import { Checkbox } from '#client/components/ui/checkbox.tsx';
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from '#client/components/ui/dialog.tsx';
import { useAgents } from '#client/features/agents/queries.ts';
import { routingNames } from '#client/features/audit-events/routing-lines.ts';
import { useBusinessHours } from '#client/features/business-hours/queries.ts';
import { findRecord } from '#client/features/numbers/records.ts';
import { plural } from '#client/lib/words/format.ts';
import { useBackCloses } from '#client/lib/address/back-closes.ts';
import { isLeavingGuarded } from '#client/lib/leave-guard.ts';
import { ChooseNumbers } from './choose-numbers.tsx';
import { partNames, parts, summaryOf, type Part, type Source } from './copy-plan.ts';
import { ReviewCopy } from './review-copy.tsx';
import { useCopyRouting } from './use-copy-routing.ts';

const useNames = () => {
  const agents = useAgents().data;
  const hours = useBusinessHours().data;
  return useMemo(() => {
    const agentNames = new Map(agents?.map(({ ai_agent_id, agent_name }) => [ai_agent_id, agent_name]));
    const hoursNames = new Map(hours?.map(({ business_hours_id, name }) => [business_hours_id, name]));
    return routingNames(
      (id) => agentNames.get(id),
      (id) => hoursNames.get(id),
    );
  }, [agents, hours]);
};

interface Props {
  record: PhoneNumber;
  /** Takes the focus back: the menu that led here is gone before this file has come. */
  opener: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/**
 * Copies what is saved of one number's routing and call handling to others: chosen, reviewed, then written
 * by a job, which goes on when this is closed.
 */
export const CopyRoutingDialog = ({ record, opener, onClose }: Props) => {
  const [hasUnsaved] = useState(isLeavingGuarded);
  const [copied, setCopied] = useState<readonly Part[]>(['routing']);
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<ReadonlyMap<string, PhoneNumber>>(new Map());
  // Held from the review on: what is written is what was shown.
  const [reviewed, setReviewed] = useState<Source | null>(null);
  const copying = useCopyRouting();
  const names = useNames();
  const client = useQueryClient();

  const review = () => {
    // What the list has read since then is newer than what was read to choose from.
    const newest = [...chosen.values()].map((read) => {
      const known = findRecord(client, read._id);
      return known !== undefined && known.version > read.version ? known : read;
    });
    setChosen(new Map(newest.map((each) => [each._id, each])));
    setReviewed(record);
  };
  const stepBack = () => {
    if (reviewed !== null && copying.run === null && copying.outcomes.size === 0) setReviewed(null);
    else if (reviewed === null && typed !== '') setTyped('');
    else onClose();
  };
  useBackCloses(stepBack);
  return (
    <Dialog open onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <DialogContent
        className="flex h-[min(44rem,calc(100dvh-2rem))] max-w-176 flex-col gap-3 overflow-hidden p-0 pt-5"
        onEscapeKeyDown={(event) => {
          event.preventDefault();
          stepBack();
        }}
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          opener.current?.focus();
        }}
        // A press beside it must not throw away what was chosen.
        onInteractOutside={(event) => event.preventDefault()}
      >
        <DialogHeader className="px-5 pr-13">
          <DialogTitle>Copy routing of {record.phone_number_international}</DialogTitle>
          <DialogDescription>
            {reviewed === null
              ? 'Choose what to copy and to which numbers. Nothing changes before you have seen it.'
              : `${copied.map((part) => partNames[part]).join(' and ')}, before → after.`}
            {hasUnsaved && ' This number has unsaved changes: what is saved is copied, not what is typed.'}
          </DialogDescription>
        </DialogHeader>
        {reviewed === null ? (
          <>
            <fieldset className="flex flex-wrap gap-x-8 gap-y-1 px-5">
              <legend className="sr-only">What to copy</legend>
              {parts.map((part) => (
                <label key={part} className="grid grid-cols-[auto_1fr] items-center gap-x-3">
                  <Checkbox
                    checked={copied.includes(part)}
                    onCheckedChange={(checked) =>
                      setCopied(
                        parts.filter((each) => (each === part ? checked === true : copied.includes(each))),
                      )
                    }
                  />
                  {partNames[part]}
                  <span className="col-start-2 text-xs text-ink-3">{summaryOf(record, part, names)}</span>
                </label>
              ))}
            </fieldset>
            <ChooseNumbers
              sourceId={record._id}
              typed={typed}
              onType={setTyped}
              chosen={chosen}
              onChange={setChosen}
            />
            <DialogFooter className="-mt-3 border-t px-5 py-3">
              <Button variant="outline" onClick={onClose}>
                Cancel
              </Button>
              <Button disabled={chosen.size === 0 || copied.length === 0} onClick={review}>
                {chosen.size === 0 ? 'Review' : `Review ${plural(chosen.size, 'number')}`}
              </Button>
            </DialogFooter>
          </>
        ) : (
          <ReviewCopy
            source={reviewed}
            parts={copied}
            targets={chosen}
            names={names}
            copying={copying}
            onTargets={setChosen}
            onBack={() => setReviewed(null)}
            onClose={onClose}
          />
        )}
      </DialogContent>
    </Dialog>
  );
};
