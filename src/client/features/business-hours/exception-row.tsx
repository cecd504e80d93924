import { PencilIcon, XIcon } from 'lucide-react';
import type { HoursException } from '#contract/business-hours.ts';
import { datesWords, openWords } from '#routing/words/hours-words.ts';
import { Badge } from '#client/components/ui/badge.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { plural } from '#client/lib/words/format.ts';
import { daysBetween } from '#client/lib/days.ts';
import type { Occurrence } from './next-occurrence.ts';

interface Props {
  exception: HoursException;
  next: Occurrence | null;
  today: string;
  /** Absent for whoever may only look. */
  onEdit?: () => void;
  onRemove?: () => void;
}

/** `now`, `tomorrow`, `in 12 days`; nothing for what is over or far away. */
const whenWords = (next: Occurrence | null, today: string): string | null => {
  if (next === null) return null;
  if (next.first <= today) return 'now';
  const days = daysBetween(today, next.first);
  if (days === 1) return 'tomorrow';
  return days < 60 ? `in ${plural(days, 'day')}` : null;
};

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

export const ExceptionRow = ({ exception, next, today, onEdit, onRemove }: Props) => {
  const { name, start_date, end_date, every_year: isYearly, intervals } = exception;
  const when = whenWords(next, today);
  const title = name.trim() || 'Exception without a name';
  return (
    <div className="flex min-h-9 items-center gap-3 py-1">
      <div className="grid min-w-0 flex-1 gap-x-3 sm:grid-cols-[11rem_minmax(0,1fr)] sm:items-baseline">
        <span className="text-ink-2">
          {next ? datesWords(next.first, next.last) : datesWords(start_date, end_date)}
          {when && <span className="ml-2 text-xs text-ink-3">{when}</span>}
        </span>
        <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
          <bdi className="max-w-full truncate font-medium" title={title}>
            {title}
          </bdi>
          {isYearly && <Badge className="shrink-0">Every year</Badge>}
          <span className="line-clamp-2 text-ink-2">{capital(openWords(intervals))}</span>
        </span>
      </div>
      {onEdit && (
        <Button variant="ghost" size="iconSm" aria-label={`Edit ${title}`} onClick={onEdit}>
          <PencilIcon aria-hidden="true" className="size-3.5" />
        </Button>
      )}
      {onRemove && (
        <Button variant="ghost" size="iconSm" aria-label={`Remove ${title}`} onClick={onRemove}>
          <XIcon aria-hidden="true" />
        </Button>
      )}
    </div>
  );
};
