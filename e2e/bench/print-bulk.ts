import type { BulkFigures, Meanwhile } from './bulk.ts';

type Line = (what: string, value: string, target?: string, isReached?: boolean) => void;

const ms = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;

const printMeanwhile = (line: Line, what: string, { idle, busy }: Meanwhile, isEmbedded: boolean) => {
  const slower = busy.p99 / idle.p99;
  line(`${what}: 99 % of answers, idle`, ms(idle.p99));
  line(
    `${what}: 99 % of answers, with a job (× ${slower.toFixed(1)})`,
    ms(busy.p99),
    isEmbedded ? '≤ 250 ms' : '≤ 5 × idle',
    isEmbedded ? busy.p99 <= 250 : slower <= 5,
  );
};

/** Prints the figures of bulk changes and imports, each beside what it is to reach. */
export const printBulk = (line: Line, figures: BulkFigures, isEmbedded: boolean): void => {
  const { numbers, planMs, planAllMs, jobMs, byHandMs, ratio, statements, routedAfterMs, imported } = figures;
  const { rows, bytes, judgedMs, runMs, grewBytes } = imported;
  line('plan of 10,000', ms(planMs), '≤ 5000 ms', planMs <= 5000);
  const mostAll = Math.max(5000, (numbers / 1e6) * 90_000);
  line('plan of all, those imported too', ms(planAllMs), `≤ ${mostAll} ms`, planAllMs <= mostAll);
  line(`the same statements by hand (${statements})`, ms(byHandMs));
  line('change of 10,000, with audit', ms(jobMs));
  line('ratio', ratio.toFixed(2), '≤ 1.5', ratio <= 1.5);
  printMeanwhile(line, 'list of 50', figures.list, isEmbedded);
  printMeanwhile(line, 'POST /v1/route', figures.route, isEmbedded);
  line('calls are decided by it after', ms(routedAfterMs), '≤ 1000 ms', routedAfterMs <= 1000);
  const perSecond = (rows * 1000) / (judgedMs + runMs);
  const wanted = isEmbedded ? 400 : 2000;
  line(
    `import of ${rows} rows, ${(bytes / 1e6).toFixed(0)} MB: judged in ${ms(judgedMs)}, run in`,
    ms(runMs),
  );
  line('import, judged and run', `${perSecond.toFixed(0)} rows/s`, `≥ ${wanted} rows/s`, perSecond >= wanted);
  line('memory of the server grew by', `${(grewBytes / 1e6).toFixed(0)} MB`, '≤ 100 MB', grewBytes <= 100e6);
};
