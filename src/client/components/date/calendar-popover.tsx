import { Popover, PopoverAnchor, PopoverContent } from '#client/components/ui/popover.tsx';
import { MonthGrid } from './month-grid.tsx';

interface CalendarPopoverProps {
  /** The button that opened it: it gets the focus back. */
  anchor: HTMLElement;
  day: string | null;
  today: string;
  onChoose: (date: string) => void;
  onClose: () => void;
}

/** The calendar of a date field, over whatever the field stands in. */
export const CalendarPopover = ({ anchor, day, today, onChoose, onClose }: CalendarPopoverProps) => (
  <Popover open modal onOpenChange={(isOpen) => !isOpen && onClose()}>
    <PopoverAnchor virtualRef={{ current: anchor }} />
    <PopoverContent
      aria-label="Choose the day"
      align="end"
      className="w-auto p-2"
      // The grid focuses its own day.
      onOpenAutoFocus={(event) => event.preventDefault()}
      onCloseAutoFocus={(event) => {
        event.preventDefault();
        anchor.focus({ preventScroll: true });
      }}
    >
      <MonthGrid
        day={day}
        today={today}
        onChoose={(date) => {
          onChoose(date);
          onClose();
        }}
      />
    </PopoverContent>
  </Popover>
);
