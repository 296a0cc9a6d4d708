import { useNavigate } from '@tanstack/react-router'
import { Search, SlidersHorizontal, X } from 'lucide-react'
import { type RefObject, useEffect, useState } from 'react'
import { Button } from '../components/button.tsx'
import { Menu, MenuItem } from '../components/menu.tsx'
import { useDebounced } from '../components/use-debounced.ts'
import { groupNames, groupTitles } from './group-tasks.ts'
import { countLabels } from './labels.tsx'
import type { TaskFilter } from './task-filter.ts'
import { taskStore } from './task-store.ts'

const priorities = ['high', 'medium', 'low'] as const

/** Search and filters. All of it is kept in the address. */
export const FilterBar = ({ filter, input }: { filter: TaskFilter; input: RefObject<HTMLInputElement | null> }) => {
  const navigate = useNavigate({ from: '/' })
  const narrow = (change: Partial<TaskFilter>) => void navigate({ search: (now) => ({ ...now, ...change }) })
  const [text, setText] = useState(filter.q ?? '')
  const typed = useDebounced(text, 150)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is typed goes into the address
  useEffect(() => {
    if (typed !== (filter.q ?? ''))
      void navigate({ search: (now) => ({ ...now, q: typed || undefined }), replace: filter.q !== undefined })
  }, [typed])
  useEffect(() => setText(filter.q ?? ''), [filter.q])

  const chips = [
    ...(filter.group ? [{ label: groupTitles[filter.group], without: { group: undefined } }] : []),
    ...(filter.priority ? [{ label: `${filter.priority} priority`, without: { priority: undefined } }] : []),
    ...(filter.category ? [{ label: filter.category, without: { category: undefined } }] : []),
    ...(filter.tag ?? []).map((tag) => {
      const rest = filter.tag?.filter((each) => each !== tag)
      return { label: `#${tag}`, without: { tag: rest && rest.length > 0 ? rest : undefined } }
    }),
  ]
  return (
    <search className="flex flex-col gap-2">
      <div className="flex items-center gap-2">
        <div className="relative min-w-0 flex-1">
          <Search size={16} aria-hidden className="pointer-events-none absolute top-3 left-3 text-muted" />
          <input
            ref={input}
            type="search"
            aria-label="Search tasks"
            placeholder="Search"
            value={text}
            maxLength={200}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return
              setText('')
              event.currentTarget.blur()
            }}
            className="field pl-9"
          />
        </div>
        <FilterMenu filter={filter} narrow={narrow} />
      </div>
      {chips.length > 0 && (
        <ul className="flex flex-wrap gap-2" aria-label="Shown are only">
          {chips.map(({ label, without }) => (
            <li key={label}>
              <button
                type="button"
                aria-label={`No longer only ${label}`}
                onClick={() => narrow(without)}
                className="flex min-h-8 items-center gap-1.5 rounded-full bg-accent-soft px-3 text-sm text-accent hover:opacity-80"
              >
                {label}
                <X size={14} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
    </search>
  )
}

const FilterMenu = ({ filter, narrow }: { filter: TaskFilter; narrow: (change: Partial<TaskFilter>) => void }) => (
  <Menu
    trigger={
      <Button className="min-h-10">
        <SlidersHorizontal size={16} aria-hidden />
        Filter
      </Button>
    }
  >
    {groupNames.map((group) => (
      <MenuItem key={group} onClick={() => narrow({ group })}>
        {groupTitles[group]}
      </MenuItem>
    ))}
    <Line />
    {priorities.map((priority) => (
      <MenuItem key={priority} onClick={() => narrow({ priority })}>
        {`${priority.charAt(0).toUpperCase()}${priority.slice(1)} priority`}
      </MenuItem>
    ))}
    <LabelItems filter={filter} narrow={narrow} />
  </Menu>
)

const LabelItems = ({ filter, narrow }: { filter: TaskFilter; narrow: (change: Partial<TaskFilter>) => void }) => {
  const { categories, tags } = countLabels(taskStore.all(), 50)
  const chosen = filter.tag ?? []
  return (
    <>
      {categories.length > 0 && <Line />}
      {categories.map(([category, count]) => (
        <MenuItem key={category} onClick={() => narrow({ category })} hint={String(count)}>
          {category}
        </MenuItem>
      ))}
      {tags.length > 0 && <Line />}
      {tags
        .filter(([tag]) => !chosen.includes(tag))
        .map(([tag, count]) => (
          <MenuItem key={tag} onClick={() => narrow({ tag: [...chosen, tag] })} hint={String(count)}>
            {`#${tag}`}
          </MenuItem>
        ))}
    </>
  )
}

const Line = () => <div className="mx-2 my-1 border-t border-line" />
