import type { Notice } from '#contract/notices.ts';
import type { Queryable } from '#server/platform/db/database.ts';

export const upsertNotice = async (db: Queryable, code: Notice['code']): Promise<void> => {
  await db.query(
    'insert into notice (code, at) values ($1, now()) on conflict (code) do update set at = excluded.at',
    [code],
  );
};

export const selectRecentNotices = (db: Queryable): Promise<{ code: Notice['code']; at: Date }[]> =>
  db.query(`select code, at from notice where at > now() - interval '1 day' order by at desc`);
