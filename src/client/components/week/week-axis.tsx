const hours = [0, 6, 12, 18, 24];

/** The hours below the tracks. They are read with the intervals, and only drawn here. */
export const WeekAxis = () => (
  <div aria-hidden="true" className="relative h-4 text-2xs text-ink-3">
    {hours.map((hour) => (
      <span
        key={hour}
        className="absolute -translate-x-1/2 first:translate-x-0 last:-translate-x-full"
        style={{ left: `${(hour / 24) * 100}%` }}
      >
        {hour}
      </span>
    ))}
  </div>
);
