/** Redirects between URLs, as fetches found them. */
import type { UrlId } from '@newsloom/model';
import type { Database } from '../database.ts';

export function redirectsTable(database: Database) {
  return {
    /** True where the redirects seen so far lead from one URL to another, within `hops` of them. */
    async lead(from: UrlId, to: UrlId, hops: number): Promise<boolean> {
      const [row] = await database.query<{ found: boolean }>(
        `with recursive chain as (
           select moved_to as id, 1 as hop from urls where id = $1
           union all
           select u.moved_to, hop + 1 from chain join urls u on u.id = chain.id where hop < $3
         )
         select exists (select 1 from chain where id = $2) as found`,
        [from, to, hops],
      );
      return row?.found === true;
    },
  };
}

export type RedirectsTable = ReturnType<typeof redirectsTable>;
