import type { Task } from '../api/openapi.d.ts'
import { type GroupName, groupNames } from './group-tasks.ts'

/** The filter of the list. It is in the address, so that a view can be bookmarked, shared and gone back to. */
export interface TaskFilter {
  /** Search. */
  q?: string | undefined
  tag?: string[] | undefined
  category?: string | undefined
  priority?: Task['priority'] | undefined
  group?: GroupName | undefined
  /** The task that is open beside the list. */
  task?: string | undefined
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
const oneOf = <Value extends string>(values: readonly Value[], value: unknown): Value | undefined =>
  values.find((each) => each === value)

/** Reads the filter from the parameters of an address; unknown values are left out. */
export const readFilter = (search: Record<string, unknown>): TaskFilter => {
  const tags = [search.tag ?? []].flat().flatMap((tag) => text(tag) ?? [])
  const filter = {
    q: text(search.q),
    tag: tags.length > 0 ? tags : undefined,
    category: text(search.category),
    priority: oneOf(['low', 'medium', 'high'] as const, search.priority),
    group: oneOf(groupNames, search.group),
    task: text(search.task),
  }
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))
}

/** Whether the filter leaves something out. */
export const isFiltered = ({ tag, category, priority, group }: TaskFilter): boolean =>
  [tag, category, priority, group].some((each) => each !== undefined)

export const matchesFilter =
  ({ tag = [], category, priority }: TaskFilter) =>
  (task: Task): boolean =>
    tag.every((each) => task.tags.includes(each)) &&
    (category === undefined || task.category === category) &&
    (priority === undefined || task.priority === priority)

/** The filter as a query of GET /tasks. */
export const filterQuery = ({ tag, category, priority }: TaskFilter) => ({ tag, category, priority })
