import { isZoneKnown } from '#client/components/time-zone/time-zones.ts';
import { useRoutedNumber } from '#client/features/number-routing/who-answers/use-routed-number.ts';
import { reachWords } from './reach-words.ts';

interface StandInReachProps {
  zone: string;
  now: number;
  /** What whoever stands in is called. */
  standIn: string;
}

/** What the rules leave to whoever stands in, by the form as it is. */
export const StandInReach = ({ zone, now, standIn }: StandInReachProps) => {
  const { number, hours } = useRoutedNumber();
  // Of hours in a zone that this browser does not know, nothing can be said.
  const isKnown = hours === null || isZoneKnown(hours.time_zone);
  const words = isKnown ? reachWords(number, hours, zone, now, standIn) : null;
  return words !== null && <p className="text-xs text-ink-3">{words}</p>;
};
