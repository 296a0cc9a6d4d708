import { Link } from '@tanstack/react-router'
import { Folder, Hash } from 'lucide-react'
import { useMemo } from 'react'
import type { Task } from '../api/openapi.d.ts'
import { useTasks } from './task-store.ts'

/** Categories and tags of open tasks, with their numbers; each leads to its tasks. */
export const Labels = () => {
  const tasks = useTasks()
  const { categories, tags } = useMemo(() => countLabels(tasks), [tasks])
  return (
    <div className="flex flex-col gap-5 max-md:hidden">
      {categories.length > 0 && (
        <LabelList title="Categories">
          {categories.map(([name, count]) => (
            <LabelLink key={name} name={name} count={count} search={{ category: name }} Icon={Folder} />
          ))}
        </LabelList>
      )}
      {tags.length > 0 && (
        <LabelList title="Tags">
          {tags.map(([name, count]) => (
            <LabelLink key={name} name={name} count={count} search={{ tag: [name] }} Icon={Hash} />
          ))}
        </LabelList>
      )}
    </div>
  )
}

const LabelList = ({ title, children }: { title: string; children: React.ReactNode }) => (
  <nav aria-label={title}>
    <h2 className="px-3 pb-1 text-xs font-medium text-muted">{title}</h2>
    <ul>{children}</ul>
  </nav>
)

const LabelLink = ({
  name,
  count,
  search,
  Icon,
}: {
  name: string
  count: number
  search: { category: string } | { tag: string[] }
  Icon: typeof Hash
}) => (
  <li>
    <Link
      to="/"
      search={search}
      activeOptions={{ exact: true, includeSearch: true }}
      className="flex min-h-8 items-center gap-2.5 rounded-lg px-3 text-sm text-muted hover:bg-sunken hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent"
    >
      <Icon size={14} aria-hidden className="shrink-0" />
      <span className="min-w-0 flex-1 truncate">{name}</span>
      <span className="text-xs tabular-nums">{count}</span>
    </Link>
  </li>
)

const maxShown = 12

/** The most used ones; search finds the rest. */
export const countLabels = (tasks: readonly Task[], limit = maxShown) => {
  const categories = new Map<string, number>()
  const tags = new Map<string, number>()
  const count = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1)
  for (const task of tasks) {
    if (task.is_completed) continue
    if (task.category !== null) count(categories, task.category)
    for (const tag of task.tags) count(tags, tag)
  }
  const listed = (counts: Map<string, number>) =>
    [...counts]
      .sort(([, a], [, b]) => b - a)
      .slice(0, limit)
      .sort(([a], [b]) => a.localeCompare(b))
  return { categories: listed(categories), tags: listed(tags) }
}
