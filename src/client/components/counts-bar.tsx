import { classes } from '#client/lib/classes.ts';
import { formatCount } from '#client/lib/words/format.ts';

/** Some of a whole: how many they are, what becomes of them, and their colour. */
export interface CountedPart {
  id: string;
  words: string;
  colour: string;
  count: number;
}

/** `11,512 will change, 742 already so, 226 cannot change` */
export const countsWords = (parts: readonly CountedPart[]): string =>
  parts.map(({ count, words }) => `${formatCount(count)} ${words}`).join(', ');

/** The parts of a whole: as a bar, and in figures. */
export const CountsBar = ({ parts }: { parts: readonly CountedPart[] }) => (
  <div className="grid gap-2.5">
    <div aria-hidden="true" className="flex h-2.5 gap-px overflow-hidden rounded-full bg-press">
      {parts.map(
        ({ id, colour, count }) =>
          count > 0 && (
            // Few among very many are seen, too.
            <span
              key={id}
              className={classes('min-w-1.5', colour)}
              style={{ flexGrow: count, flexBasis: 0 }}
            />
          ),
      )}
    </div>
    <dl
      className={classes(
        'flex flex-wrap gap-x-7 gap-y-2 max-sm:gap-x-4',
        // So many stand in one even row of a narrow screen.
        parts.length <= 3 && 'max-sm:flex-nowrap max-sm:justify-between',
      )}
    >
      {parts.map(({ id, words, colour, count }) => (
        <div key={id} className="flex flex-col-reverse justify-end">
          <dt className="flex items-baseline gap-2">
            <span aria-hidden="true" className={classes('size-2 shrink-0 rounded-[2px]', colour)} />
            {words}
          </dt>
          <dd className="text-base font-semibold tabular-nums">{formatCount(count)}</dd>
        </div>
      ))}
    </dl>
  </div>
);
