import { useQuery } from '@tanstack/react-query'
import { useAccount } from '../account/use-account.ts'
import { api, bodyOf } from '../api/api.ts'
import { describeError } from '../api/problems.ts'
import { SidePanel } from '../layout/side-panel.tsx'
import { TaskActivity } from './task-activity.tsx'
import { TaskForm } from './task-form.tsx'
import { TaskReminders } from './task-reminders.tsx'
import { TaskRepetition } from './task-repetition.tsx'
import { taskStore, useTask } from './task-store.ts'

/** Everything of one task, beside the list. */
export const TaskPanel = ({ id, onClose }: { id: string; onClose: () => void }) => {
  const { time_zone, locale } = useAccount()
  const task = useTask(id)
  const { error } = useQuery({
    queryKey: ['task', id],
    enabled: task === undefined,
    queryFn: async ({ signal }) => {
      taskStore.apply([await bodyOf(api.GET('/tasks/{id}', { params: { path: { id } }, signal }))])
      return true
    },
    retry: false,
  })
  return (
    <SidePanel title="Task" onClose={onClose}>
      {task ? (
        <div className="flex flex-col gap-6">
          <TaskForm task={task} onDeleted={onClose} />
          <TaskRepetition task={task} locale={locale} />
          <TaskReminders task={task} zone={time_zone} locale={locale} />
          <TaskActivity id={id} zone={time_zone} locale={locale} />
        </div>
      ) : (
        error && <p className="text-muted">{describeError(error)}. It may have been deleted.</p>
      )}
    </SidePanel>
  )
}
