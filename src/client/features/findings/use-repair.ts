import { createContext, use, useCallback } from 'react';
import type { BusinessHours } from '#contract/business-hours.ts';
import type { EstateFinding } from '#contract/numbers/route.ts';
import { call } from '#client/api/call.ts';
import { failedMessage } from '#client/api/api-error.ts';
import { useUpdateBusinessHours } from '#client/features/business-hours/queries.ts';
import { readPhoneNumber, useUpdatePhoneNumber } from '#client/features/numbers/queries.ts';
import { toast } from '#client/lib/toast.ts';
import { pastExceptionWords } from '#routing/words/hours-words.ts';
import type { MendNumber } from './number-repairs.ts';
import type { ForgetMended, KeepMended, Mended } from './use-mended.ts';

/** Who is told what was mended. */
export const MendedContext = createContext<{ keep: KeepMended; forget: ForgetMended } | null>(null);

export const useMendedContext = () => {
  const context = use(MendedContext);
  if (context === null) throw new Error('A finding is mended outside its list.');
  return context;
};

const subjectName = ({ phone_number: number, business_hours: hours }: EstateFinding) =>
  number?.phone_number_international ?? hours?.name ?? '';

interface Repair {
  /** What is so now, in the row. */
  now: string;
  /** The same, said in passing. */
  said: string;
  /** Does it, and answers how to take it back; null where all is otherwise by now. */
  run: () => Promise<{ undo?: () => Promise<unknown> } | null>;
}

/** Does what mends a finding: says so in its row and in passing, with the way back; or why it was not done. */
const useMend = () => {
  const { keep, forget } = useMendedContext();
  return useCallback(
    async (finding: EstateFinding, { now, said, run }: Repair): Promise<void> => {
      const fail = (what: string) => (thrown: unknown) =>
        toast({ tone: 'harm', message: failedMessage(subjectName(finding), what, thrown) });
      try {
        const done = await run();
        if (done === null)
          return toast({
            tone: 'harm',
            message: `${subjectName(finding)} has changed since it was looked at. Open it to see how it is now.`,
          });
        const back = done.undo;
        const undo = back && (() => void back().then(() => forget(finding), fail('was not put back')));
        const mended: Mended = { now, ...(undo && { undo }) };
        keep(finding, mended);
        toast({ message: said, ...(undo && { action: { label: 'Undo', run: undo } }) });
      } catch (thrown) {
        fail('was not mended')(thrown);
      }
    },
    [keep, forget],
  );
};

/** Mends a number. `isOneWay`: what was there cannot be given back, as an agent that is retired. */
export const useMendNumber = () => {
  const mend = useMend();
  const update = useUpdatePhoneNumber();
  return (finding: EstateFinding, how: MendNumber, words: Pick<Repair, 'now' | 'said'>, isOneWay = false) =>
    mend(finding, {
      ...words,
      run: async () => {
        const record = await readPhoneNumber(finding.phone_number?._id ?? '');
        const repair = how(record);
        if (repair === null) return null;
        const stored = await update({ record, body: repair.body, version: record.version });
        const undo = () => update({ record: stored, body: repair.back, version: stored.version });
        return isOneWay ? {} : { undo };
      },
    });
};

/** Takes a past exception out of business hours. */
export const useDropException = () => {
  const mend = useMend();
  const update = useUpdateBusinessHours();
  return (finding: EstateFinding) =>
    mend(finding, {
      now: 'Removed',
      said: `Past exception removed from ${subjectName(finding)}`,
      run: async () => {
        const business_hours_id = finding.business_hours?.business_hours_id ?? '';
        const hours = await call('GET /v1/business-hours/{business_hours_id}', {
          params: { business_hours_id },
        });
        const at = hours.exceptions.findIndex(
          ({ name, end_date }) => finding.message === pastExceptionWords(name, end_date),
        );
        if (at < 0) return null;
        const change = ({ version }: BusinessHours, exceptions: BusinessHours['exceptions']) =>
          update.mutateAsync({ business_hours_id, version, body: { exceptions } });
        const stored = await change(hours, hours.exceptions.toSpliced(at, 1));
        return { undo: () => change(stored, hours.exceptions) };
      },
    });
};
