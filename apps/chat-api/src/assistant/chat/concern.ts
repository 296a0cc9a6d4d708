import { series, tasks } from '@taskflow/database'
import type { Database, Tx } from '@taskflow/service-kit'
import { and, eq, inArray } from 'drizzle-orm'

/** What a call says, by the fields that tools have. */
interface Said {
  id?: string
  ids?: string[]
  series_id?: string
  tasks?: Record<string, unknown>[]
  updates?: { id: string; changes: Record<string, unknown> }[]
  moves?: { id: string; due_date: unknown }[]
}

/** The ids of the tasks that a call names. */
export const idsIn = (input: Record<string, unknown>): string[] => {
  const { id, ids = [], updates = [], moves = [] } = input as Said
  return [...(id ? [id] : []), ...ids, ...updates.map((each) => each.id), ...moves.map((each) => each.id)]
}

/** What a call is about: existing tasks and series by id, and what it would write. */
export interface Concern {
  titles: Map<string, string>
  texts: string[]
}

/** Finds it out, of what is this person's alone. */
export const concernOf = async (
  db: Database | Tx,
  user_id: string,
  input: Record<string, unknown>,
): Promise<Concern> => {
  const { series_id, tasks: added = [], updates = [] } = input as Said
  const ids = idsIn(input)
  const found = ids.length
    ? await db
        .select({ id: tasks.id, title: tasks.title })
        .from(tasks)
        .where(and(inArray(tasks.id, ids), eq(tasks.user_id, user_id)))
    : []
  const ofSeries = series_id
    ? await db
        .select({ id: series.id, title: series.title })
        .from(series)
        .where(and(eq(series.id, series_id), eq(series.user_id, user_id)))
    : []
  return {
    titles: new Map([...found, ...ofSeries].map(({ id, title }) => [id, title])),
    texts: [...added, ...updates.map(({ changes }) => changes)].flatMap(textsIn),
  }
}

const textsIn = ({ title, description, category, tags }: Record<string, unknown>): string[] =>
  [title, description, category, tags].flat().filter((text) => typeof text === 'string' && text !== '') as string[]

const mostNamed = 10

/** A call in words, for whoever is to confirm it: made from what is stored, not from what a model says. */
export const summarize = (title: string, input: Record<string, unknown>, { titles }: Concern): string => {
  const { tasks: added = [], updates = [], moves = [] } = input as Said
  const detail = new Map<string, string>([
    ...updates.map(({ id, changes }) => [id, ` (${listed(changes)})`] as const),
    ...moves.map(({ id, due_date }) => [id, ` (to ${due_date ?? 'no date'})`] as const),
  ])
  const things = [
    ...[...titles].map(([id, name]) => `“${plain(name)}”${detail.get(id) ?? ''}`),
    ...added.map(({ title: name }) => `“${plain(String(name))}”`),
  ]
  const more = things.length - mostNamed
  return `${title} (${things.length}): ${things.slice(0, mostNamed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

const listed = (changes: Record<string, unknown>): string =>
  Object.entries(changes)
    .map(([field, value]) => `${field}: ${plain(typeof value === 'string' ? value : JSON.stringify(value))}`)
    .join(', ')

/** Short and on one line; nothing in it can turn the direction of what is read or hide a part. */
const plain = (text: string): string => {
  const clean = text.replaceAll(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()
  return clean.length > 80 ? `${clean.slice(0, 79)}…` : clean
}
