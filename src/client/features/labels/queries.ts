import type { LabelList } from '#contract/numbers/list/label-list.ts';
import { call } from '#client/api/call.ts';

// Whoever types goes on typing: what is rarer than this is found by more letters.
const MOST_PARTS = 5;

/** The first labels in which a text is found. Among very many the server looks at a part at a time. */
export const findLabels = async (
  query: { q: string; page_size?: number },
  signal: AbortSignal,
): Promise<LabelList> => {
  let page = await call('GET /v1/labels', { query, signal });
  for (
    let parts = 1;
    parts < MOST_PARTS && page.labels.length === 0 && page.next_page_token !== null;
    parts++
  )
    // Each part's token comes from the part before.
    page = await call('GET /v1/labels', { query: { ...query, page_token: page.next_page_token }, signal });
  return page;
};
