import type { UpstreamNumber } from '#server/features/connections/kinds/upstream/connection-kind.ts';
import { UpstreamError } from '#server/features/connections/kinds/upstream/upstream-error.ts';
import { wordsOf } from '#server/features/links/compare/link-words.ts';
import { marksOfTheirs } from '#server/features/links/compare/mine.ts';
import { settle } from '#server/features/links/compare/plan-save.ts';
import { WITHHELD, type Values } from '#server/features/links/compare/link-values.ts';
import { NotHeld, type SendDependencies, type Sending } from './send-link.ts';
import type { Standing } from './standing.ts';

/**
 * A number that is to be there: the one that is found is taken as it is, and compared; else it is created.
 * Whoever cannot know whether it was created looks first, so that it is never created twice.
 */
export const createCreateThere =
  ({ readMine, secretsToSend, findThere, queryable }: SendDependencies) =>
  async (sending: Sending): Promise<Standing> => {
    const { link, number, opened, pending } = sending;
    const { kind, client } = opened;
    const kept = kind.fieldsOf(number.provider);
    const mine = await readMine(queryable, number, link.connection_id, kept);

    /** `created`: the marks of the secrets that it was created with, where that was done here. */
    const adopt = (found: UpstreamNumber, created: Values | null): Standing => {
      if (found.provider !== number.provider)
        return {
          state: 'refused',
          reason: 'other_provider',
          message: `The platform has this number with another provider (${found.provider}). Choose the same here.`,
          next: 'wait',
        };
      const marks = marksOfTheirs(found, secretsToSend);
      const theirs = { values: found.fields, marks, secrets: found.secrets };
      // What was just sent is what is there where that is withheld.
      const known = created === null ? marks : { ...marks, ...withheldAs(marks, created) };
      const base = { seen: found.fields, marks: known };
      const now = settle({ kept, mine, base, theirs });
      // It was changed here since it was created there: that is sent like any other change.
      const isChanged = created !== null && now.state === 'drift' && pending.fields.length > 0;
      return {
        ...(isChanged
          ? { state: 'pending', reason: 'waiting', message: null, next: { againMs: 0 } }
          : {
              state: now.state,
              reason: now.reason,
              message: wordsOf(now.state, now.reason, now.fields),
              next: 'done',
            }),
        upstream_id: found.id,
        seen: now.base.seen,
        seen_marks: now.base.marks,
        theirs: found.fields,
        theirs_marks: marks,
        isSeenNow: true,
        sent: null,
        sent_marks: null,
      };
    };

    // What was tried before may have come to be a moment ago.
    const found = await (link.sent === null ? findThere.lately : findThere.now)(opened, number);
    if (found !== null) return adopt(found, link.sent_marks);
    if (mine.unknownAgents.length > 0)
      return {
        state: 'refused',
        reason: 'agent_not_upstream',
        message: wordsOf('refused', 'agent_not_upstream', mine.unknownAgents),
        next: 'wait',
      };
    if (!(await sending.noteSending({ values: mine.values, marks: mine.marks }, null))) throw new NotHeld();
    let created: UpstreamNumber;
    try {
      created = await kind.createNumber(client, {
        phone_number: number.phone_number,
        provider: number.provider,
        fields: { ...mine.values, ...mine.secrets },
      });
    } catch (error) {
      // It may have come to be there since the list was read.
      const isRefused = error instanceof UpstreamError && error.code === 'rejected';
      const other = isRefused ? await findThere.now(opened, number) : null;
      if (other === null) throw error;
      return adopt(other, null);
    }
    return adopt(await kind.getNumber(client, created.id), mine.marks);
  };

const withheldAs = (marks: Values, sent: Values): Values =>
  Object.fromEntries(
    Object.entries(marks).map(([name, mark]) => [name, mark === WITHHELD ? (sent[name] ?? mark) : mark]),
  );
