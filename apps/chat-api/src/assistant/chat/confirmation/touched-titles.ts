import { series, tasks } from '@taskflow/database'
import type { Database } from '@taskflow/service-kit'
import { and, eq, inArray } from 'drizzle-orm'
import type { Touched } from '../../tools/tool.ts'

/** The titles of the existing tasks and series that a call touches, by id; only those of this user. */
export const touchedTitles = async (
  db: Database,
  user_id: string,
  touched: Pick<Touched, 'tasks' | 'series'>,
): Promise<Map<string, string>> => {
  const titlesIn = async (table: typeof tasks | typeof series, ids: string[]) => {
    if (ids.length === 0) return []
    const own = and(inArray(table.id, ids), eq(table.user_id, user_id))
    return db.select({ id: table.id, title: table.title }).from(table).where(own)
  }
  const rows = [...(await titlesIn(tasks, touched.tasks)), ...(await titlesIn(series, touched.series))]
  const found = new Map(rows.map(({ id, title }) => [id, title]))
  return new Map([...touched.tasks, ...touched.series].flatMap((id) => (found.has(id) ? [[id, found.get(id)!]] : [])))
}
