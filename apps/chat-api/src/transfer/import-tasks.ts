import { series, tasks } from '@taskflow/database'
import {
  advisoryLock,
  invalid,
  type Origin,
  Problem,
  readValue,
  type Transaction,
  type Tx,
} from '@taskflow/service-kit'
import {
  createRecurringTask,
  createTask,
  exceededQuota,
  instantInput,
  newRecurringTaskInput,
  newTaskInput,
  type Quotas,
  quotaExceeded,
  readUsage,
  storedBytes,
  type Usage,
} from '@taskflow/tasks'
import { inArray } from 'drizzle-orm'
import { v5 as uuidv5, validate } from 'uuid'
import { z } from 'zod'
import type { NamedItem } from './import-item.ts'
import type { ImportNote } from './import-note.ts'

/** What became of an item of a file. */
export interface ImportResult {
  place: string
  status: 'created' | 'exists' | 'refused'
  id?: string
  errors?: { path: string; message: string }[]
  /** What of it did not arrive as it was. */
  notes?: ImportNote[]
  used?: string[]
}

interface Person {
  user_id: string
  time_zone: string
  quotas: Quotas
}

/** Items in a transaction, which holds its locks until the last is written. */
const batch = 100

/** What earlier batches would have created. */
interface Planned {
  usage: Usage
  uids: Record<NamedItem['kind'], Set<string>>
}
const nothingYet = (): Planned => ({
  usage: { open_tasks: 0, recurring_tasks: 0, bytes: 0 },
  uids: { task: new Set(), recurring_task: new Set() },
})

/**
 * Creates what a file holds, batch by batch: what one batch created stays when a later one fails. Each item has an id
 * that follows from the user and what the file calls it, so that importing a file again creates only what is missing.
 */
export const importItems = (transaction: Transaction, user: Person, items: NamedItem[], origin: Origin) =>
  inBatches(items, (part) => transaction((tx) => importBatch(tx, user, part, nothingYet()), origin))

/** What `importItems` would report. It does the same, and takes each batch back: nothing is stored or published. */
export const previewItems = (transaction: Transaction, user: Person, items: NamedItem[], origin: Origin) => {
  const planned = nothingYet()
  return inBatches(items, (part) => rolledBack(transaction, origin, (tx) => importBatch(tx, user, part, planned)))
}

const inBatches = async (
  items: NamedItem[],
  work: (part: NamedItem[]) => Promise<ImportResult[]>,
): Promise<ImportResult[]> => {
  const results: ImportResult[] = []
  for (let from = 0; from < items.length; from += batch) results.push(...(await work(items.slice(from, from + batch))))
  return results
}

/** Carries the results of a batch out of its transaction, which is rolled back. */
class RolledBack extends Error {
  readonly results: ImportResult[]
  constructor(results: ImportResult[]) {
    super('the import is only a preview')
    this.results = results
  }
}

const rolledBack = (transaction: Transaction, origin: Origin, work: (tx: Tx) => Promise<ImportResult[]>) =>
  transaction(async (tx): Promise<ImportResult[]> => {
    throw new RolledBack(await work(tx))
  }, origin).catch((error: unknown) => {
    if (error instanceof RolledBack) return error.results
    throw error
  })

const importBatch = async (tx: Tx, user: Person, items: NamedItem[], planned: Planned): Promise<ImportResult[]> => {
  // Two imports of the same file at once would both find nothing and create the same ids.
  await advisoryLock(tx, 'import', user.user_id)
  const ids = {
    task: await placesFor(
      tx,
      user.user_id,
      items.filter(({ kind }) => kind === 'task'),
      tasks,
    ),
    recurring_task: await placesFor(
      tx,
      user.user_id,
      items.filter(({ kind }) => kind === 'recurring_task'),
      series,
    ),
  }
  const count = counterOf(await readUsage(tx, user.user_id), planned.usage, user.quotas)
  const results: ImportResult[] = []
  for (const item of items) {
    const found = ids[item.kind].get(item.uid)!
    const { id } = found
    const exists = found.exists || planned.uids[item.kind].has(item.uid)
    const result: ImportResult = exists
      ? { place: item.place, status: 'exists', id }
      : await create(tx, user, item, id, count)
    const { notes = [], used } = item
    results.push({ ...result, ...(notes.length > 0 ? { notes } : {}), ...(used ? { used } : {}) })
    if (result.status === 'created') planned.uids[item.kind].add(item.uid)
  }
  return results
}

/**
 * The id under which each item exists, or would. An item whose own id is a task of the user exists; any other gets an
 * id derived from it. What was deleted does not exist: it comes back under an id derived from the deleted one's.
 */
const placesFor = async (tx: Tx, user_id: string, items: NamedItem[], table: typeof tasks | typeof series) => {
  const places = new Map<string, { id: string; exists: boolean }>()
  const derived = (uid: string, from: string) => ({ uid, id: uuidv5(from, user_id), isOwn: false })
  let open = items.map(({ uid }) => (validate(uid) ? { uid, id: uid.toLowerCase(), isOwn: true } : derived(uid, uid)))
  while (open.length > 0) {
    const ids = open.map(({ id }) => id)
    const rows = await tx
      .select({ id: table.id, owner: table.user_id, deleted_at: table.deleted_at })
      .from(table)
      .where(inArray(table.id, ids))
    const known = new Map(rows.map((row) => [row.id, row]))
    const next: typeof open = []
    for (const { uid, id, isOwn } of open) {
      const row = known.get(id)
      const exists = row?.owner === user_id && row.deleted_at === null
      if (exists || (!row && !isOwn)) places.set(uid, { id, exists })
      else next.push(derived(uid, isOwn ? uid : id))
    }
    open = next
  }
  return places
}

type Count = (added: Usage) => void

/** Adds up what items store. Problem 403 for one that would exceed a quota; others may still fit. */
const counterOf = (used: Usage, planned: Usage, quotas: Quotas): Count => {
  return (added) => {
    const sum = plus(planned, added)
    const exceeded = exceededQuota(plus(used, sum), quotas)
    if (exceeded) throw quotaExceeded(exceeded, quotas[exceeded])
    Object.assign(planned, sum)
  }
}

const plus = (a: Usage, b: Usage): Usage => ({
  open_tasks: a.open_tasks + b.open_tasks,
  recurring_tasks: a.recurring_tasks + b.recurring_tasks,
  bytes: a.bytes + b.bytes,
})

const create = async (tx: Tx, user: Person, item: NamedItem, id: string, count: Count): Promise<ImportResult> => {
  const { place, kind, fields, completed_at, problem } = item
  try {
    if (problem) throw invalid('', problem)
    if (kind === 'recurring_task') {
      const input = readValue(newRecurringTaskInput, fields)
      const open_tasks = input.recurrence_mode === 'on_completion' ? 1 : 0
      count({ open_tasks, recurring_tasks: 1, bytes: storedBytes(input) * (1 + open_tasks) })
      await createRecurringTask(tx, user, input, { id })
    } else {
      const ended = readValue(z.object({ completed_at: instantInput.nullable() }), { completed_at })
      const input = readValue(newTaskInput, fields)
      const recurring_tasks = input.recurrence_rule === null ? 0 : 1
      const open_tasks = ended.completed_at === null ? 1 : 0
      count({ open_tasks, recurring_tasks, bytes: storedBytes(input) * (1 + recurring_tasks) })
      await createTask(tx, user, input, { id, ...ended })
    }
    return { place, status: 'created', id }
  } catch (error) {
    // Whatever is wrong with an item, a rule that cannot be expanded too, is found before anything of it is written.
    if (!(error instanceof Problem)) throw error
    if (error.problem === 'quota-exceeded') {
      return { place, status: 'refused', errors: [{ path: '', message: error.message }] }
    }
    if (error.status !== 422) throw error
    return { place, status: 'refused', errors: error.errors }
  }
}
