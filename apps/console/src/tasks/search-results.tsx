import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { SearchX } from 'lucide-react'
import { api, bodyOf } from '../api/api.ts'
import type { Fragment } from '../api/openapi.d.ts'
import { describeError } from '../api/problems.ts'
import { Check } from '../components/check.tsx'
import { EmptyState } from '../components/empty-state.tsx'
import { toggleTask } from './changes.ts'
import { TaskFacts } from './task-facts.tsx'
import { matchesFilter, type TaskFilter } from './task-filter.ts'
import { rowId } from './task-row.tsx'
import { taskStore, useTasks } from './task-store.ts'

/** Tasks by their words, best first, open and done. */
export const SearchResults = ({
  filter,
  zone,
  locale,
  now,
  onOpen,
}: {
  filter: TaskFilter
  zone: string
  locale: string
  now: number
  onOpen: (id: string) => void
}) => {
  const q = filter.q ?? ''
  const { data, error } = useQuery({
    queryKey: ['tasks', 'search', q],
    queryFn: ({ signal }) => bodyOf(api.GET('/search', { params: { query: { q, limit: 100 } }, signal })),
    placeholderData: keepPreviousData,
  })
  useTasks()
  if (error) return <p className="text-danger">{describeError(error)}</p>
  if (!data) return null
  const found = data.data.filter(matchesFilter(filter))
  if (found.length === 0) {
    return (
      <EmptyState icon={<SearchX size={22} />} title="Nothing found">
        Search looks at titles, tags, categories and descriptions. “Quotes” keep words together, -word leaves it out.
      </EmptyState>
    )
  }
  return (
    <section aria-label="Found">
      <p role="status" className="px-2 pb-2 text-sm text-muted">
        {data.is_fuzzy ? 'Nothing has these words; these look alike' : `${found.length} found`}
      </p>
      <ul>
        {found.map((each) => {
          const task = taskStore.get(each.id) ?? each
          return (
            <li key={each.id} className="flex items-start gap-3 rounded-xl px-2 py-2 hover:bg-sunken">
              <Check
                label={`${task.is_completed ? 'Reopen' : 'Complete'} ${task.title}`}
                isChecked={task.is_completed}
                onChange={() => {
                  taskStore.apply([each])
                  void toggleTask(task)
                }}
              />
              <button
                type="button"
                id={rowId(each.id)}
                className="min-w-0 flex-1 text-left"
                onClick={() => {
                  taskStore.apply([each])
                  onOpen(each.id)
                }}
              >
                <span className={`block truncate ${task.is_completed ? 'text-muted line-through' : ''}`}>
                  <Highlighted fragments={each.highlights.title} />
                </span>
                {each.highlights.description.some(({ match }) => match) && (
                  <span className="block truncate text-sm text-muted">
                    <Highlighted fragments={each.highlights.description} />
                  </span>
                )}
                <TaskFacts task={task} zone={zone} locale={locale} now={now} />
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

const Highlighted = ({ fragments }: { fragments: Fragment[] }) =>
  fragments.map(({ text, match }, index) =>
    match ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no other name
      <mark key={index} className="rounded-sm bg-accent-soft text-accent">
        {text}
      </mark>
    ) : (
      text
    ),
  )
