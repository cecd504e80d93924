/** How much is done of each: in full by `npm run prove`, a little of it by `npm test`. */
export interface Sizes {
  /** Accounts of the platform, each asked at its own pace. */
  accounts: number;
  edits: number;
  kills: number;
  away: { numbers: number; edits: number; writers: number; forMs: number };
  races: number;
  imported: number;
  /** All parts at once: they mostly wait for the pace that accounts are asked at. */
  atOnce: boolean;
  /** Times are judged where the machine is left alone; elsewhere they are told. */
  judgesTimes: boolean;
}

export const inFull: Sizes = {
  accounts: 10,
  edits: 1000,
  kills: 50,
  away: { numbers: 80, edits: 500, writers: 10, forMs: 120_000 },
  races: 200,
  imported: 10_000,
  atOnce: false,
  judgesTimes: true,
};

export const inShort: Sizes = {
  accounts: 4,
  edits: 60,
  kills: 4,
  away: { numbers: 12, edits: 60, writers: 12, forMs: 2000 },
  races: 12,
  imported: 300,
  atOnce: true,
  judgesTimes: false,
};
