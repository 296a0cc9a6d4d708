import { skipToken, useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { api, bodyOf } from '../api/api.ts'
import type { Task } from '../api/openapi.d.ts'
import { Button } from '../components/button.tsx'
import { writeDay } from '../time/format.ts'
import { todayIn } from '../time/zone.ts'
import { skipTask } from './changes.ts'
import { dueBy } from './due.ts'

const Editor = lazy(() =>
  import('../recurring/task-recurrence-dialog.tsx').then(({ TaskRecurrenceDialog }) => ({
    default: TaskRecurrenceDialog,
  })),
)

/** How the task repeats, and what comes after it. */
export const TaskRepetition = ({ task, locale }: { task: Task; locale: string }) => {
  const [isEditing, setEditing] = useState(false)
  const repeats = task.recurrence_rule !== null
  const id = task.series_id
  const { data } = useQuery({
    queryKey: ['recurring', id],
    queryFn:
      repeats && id !== null
        ? ({ signal }) => bodyOf(api.GET('/recurring-tasks/{id}', { params: { path: { id } }, signal }))
        : skipToken,
    retry: false,
  })
  const today = todayIn(task.time_zone)
  const next = data?.upcoming.filter(({ utc }) => Date.parse(utc) > (dueBy(task) ?? 0))
  return (
    <section aria-label="Repetition" className="flex flex-col gap-2 border-t border-line pt-5">
      <div className="flex items-center justify-between gap-2">
        <h3 className="font-semibold">Repeats</h3>
        <div className="flex gap-1">
          {repeats && !task.is_completed && (
            <Button look="quiet" onClick={() => void skipTask(task)}>
              Skip this one
            </Button>
          )}
          {!task.is_completed && (
            <Button look="quiet" onClick={() => setEditing(true)}>
              {repeats ? 'Change' : 'Add'}
            </Button>
          )}
        </div>
      </div>
      <p className={repeats ? '' : 'text-muted'}>{repeats ? (data?.schedule ?? task.recurrence_rule) : 'Once.'}</p>
      {repeats && next && next.length > 0 && (
        <p className="text-sm text-muted">
          Then{' '}
          {next
            .slice(0, 3)
            .map(({ local }) => writeDay(local.slice(0, 10), today, locale))
            .join(', ')}{' '}
          …
        </p>
      )}
      <Suspense>{isEditing && <Editor task={task} onClose={() => setEditing(false)} />}</Suspense>
    </section>
  )
}
