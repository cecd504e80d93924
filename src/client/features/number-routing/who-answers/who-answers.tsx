import type { BusinessHours } from '#contract/business-hours.ts';
import type { RoutedNumber } from '#contract/numbers/routing.ts';
import { isZoneKnown, ownZone, zoneWords } from '#client/components/time-zone/time-zones.ts';
import { useNumberZone } from '#client/features/number-fields/use-number-zone.ts';
import { QuestionLine } from './question-line.tsx';
import { Timeline } from './timeline.tsx';

interface WhoAnswersProps {
  number: RoutedNumber;
  hours: BusinessHours | null;
  now: number;
}

/** What the routing comes to: the coming two weeks at a look, and any one call by a question. */
export const WhoAnswers = ({ number, hours, now }: WhoAnswersProps) => {
  const zone = useNumberZone() ?? ownZone();
  const unknown = hours !== null && !isZoneKnown(hours.time_zone) ? hours.time_zone : null;
  return (
    <section className="grid grid-cols-1 gap-3">
      <div className="flex flex-wrap items-baseline gap-x-2">
        <h3 className="text-sm font-semibold">Who answers, next two weeks</h3>
        <span className="text-ink-2">{zone}</span>
      </div>
      {unknown === null ? (
        <Timeline number={number} hours={hours} zone={zone} now={now} />
      ) : (
        <p className="text-ink-2 wrap-anywhere">
          This browser does not know the time zone {zoneWords(unknown)}, so the two weeks cannot be drawn and
          the rules cannot be checked here. Calls are decided by it all the same: ask below, or use a newer
          browser.
        </p>
      )}
      <QuestionLine zone={zone} />
    </section>
  );
};
