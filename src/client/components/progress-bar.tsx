import { classes } from '#client/lib/classes.ts';

interface Props {
  label: string;
  done: number;
  /** 0 while it is not known. */
  total: number;
}

/** How far something is. */
export const ProgressBar = ({ label, done, total }: Props) => (
  <progress
    aria-label={label}
    {...(total > 0 && { value: Math.min(done, total), max: total })}
    className={classes(
      'h-1.5 w-full appearance-none overflow-hidden rounded-full border-0 bg-press',
      '[&::-moz-progress-bar]:bg-ink-2 [&::-webkit-progress-bar]:bg-press',
      '[&::-webkit-progress-value]:bg-ink-2',
    )}
  />
);
