import type { LinkState } from '#contract/connections/links.ts';
import type { LinkUpdate } from '#server/features/links/rows/link-store.ts';

/** How a link stands after it was tried, and what becomes of what waits. */
export interface Standing extends LinkUpdate {
  state: LinkState;
  reason: string | null;
  message: string | null;
  /**
   * `done`: nothing waits any more. `wait`: until somebody decides. `again`: after so many milliseconds.
   * `unlink`: the number is not there any more, as was asked.
   */
  next: 'done' | 'wait' | 'unlink' | { againMs: number };
  upstream_id?: string | null;
}
