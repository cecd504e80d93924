/** One difference that a change made, in words. */
export interface ChangeLine {
  id: string;
  name: string;
  isSecret: boolean;
  before: string | null;
  after: string | null;
  /** What happened, where one value before and one after would not say it. */
  summary?: string;
}
