import type { RoutePreview } from '#contract/numbers/route.ts';
import { momentWithZone } from '#routing/words/words.ts';
import { yourTime } from '#client/components/date/moment-words.ts';
import { ownZone } from '#client/components/time-zone/time-zones.ts';
import { DestinationWords } from '#client/features/number-routing/rules/sentence.tsx';
import { classes } from '#client/lib/classes.ts';

interface AnswerProps {
  answer: RoutePreview;
  /** By whose clock the moment is told. */
  zone: string;
  isOld: boolean;
}

/** Who answers, and why. */
export const Answer = ({ answer, zone, isOld }: AnswerProps) => {
  const at = Date.parse(answer.at);
  return (
    <div
      className={classes(
        'grid grid-cols-1 gap-2 rounded-lg border border-line-2 px-3 py-2.5',
        isOld && 'border-dashed text-ink-2',
      )}
    >
      <p className="text-xs text-ink-3">
        {momentWithZone(zone, at)} {yourTime(zone, ownZone(), at)}
      </p>
      <p className="font-medium wrap-anywhere">
        <DestinationWords
          destination={
            answer.agent_id === null ? answer.destination : { type: 'agent', agent_id: answer.agent_id }
          }
        />
      </p>
      <ol aria-label="Reasons" className="grid list-decimal gap-0.5 pl-5 text-ink-2 marker:text-ink-3">
        {answer.reasons.map((reason) => (
          <li key={reason} className="wrap-anywhere">
            {reason}
          </li>
        ))}
      </ol>
    </div>
  );
};
