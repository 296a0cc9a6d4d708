import { auditEvents } from '@taskflow/database'
import type { Database } from '@taskflow/service-kit'
import { and, asc, eq, inArray } from 'drizzle-orm'

/**
 * Limits on causes followed and records in a tree: ids come from outside, and may form a circle or an endless chain.
 */
const highest = 100
const most = 1_000

interface Row {
  event_id: string
  causation_id: string | null
  recorded: string
  hash: string
}

/**
 * The records of the whole tree that an event belongs to, from its first cause on, causes before effects; only those of
 * one user and of these types, if given. `complete` is false when there are more. Returns undefined when there is no such event.
 */
export const recordsOfTree = async (
  db: Database,
  { event_id, user_id, types }: { event_id: string; user_id?: string | undefined; types?: string[] | undefined },
): Promise<{ rows: Row[]; complete: boolean } | undefined> => {
  const columns = {
    event_id: auditEvents.event_id,
    causation_id: auditEvents.causation_id,
    recorded: auditEvents.recorded,
    hash: auditEvents.hash,
  }
  const visible = and(
    user_id ? eq(auditEvents.user_id, user_id) : undefined,
    types ? inArray(auditEvents.type, types) : undefined,
  )
  const find = async (id: string) => {
    const [row] = await db
      .select(columns)
      .from(auditEvents)
      .where(and(eq(auditEvents.event_id, id), visible))
      .limit(1)
    return row
  }
  let top = await find(event_id)
  if (!top) return undefined
  const climbed = new Set([top.event_id])
  while (top.causation_id && !climbed.has(top.causation_id) && climbed.size < highest) {
    const cause = await find(top.causation_id)
    if (!cause) break
    climbed.add(cause.event_id)
    top = cause
  }
  const rows = new Map([[top.event_id, top]])
  let level = [top.event_id]
  while (level.length > 0) {
    const caused = await db
      .select(columns)
      .from(auditEvents)
      .where(and(inArray(auditEvents.causation_id, level), visible))
      .orderBy(asc(auditEvents.sequence))
      .limit(most)
    const fresh = caused.filter((row) => !rows.has(row.event_id))
    if (rows.size + fresh.length > most) return { rows: [...rows.values()], complete: false }
    for (const row of fresh) rows.set(row.event_id, row)
    level = fresh.map((row) => row.event_id)
  }
  return { rows: [...rows.values()], complete: true }
}
