import { useState } from 'react'
import { useAccount } from '../account/use-account.ts'
import type { Task } from '../api/openapi.d.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { updateTask } from '../tasks/changes.ts'
import { localAt, todayIn } from '../time/zone.ts'
import { type Recurrence, RecurrenceEditor } from './recurrence-editor.tsx'
import { plainRule, readRule, writeRule } from './rule.ts'

/** Where its dates are counted from: a day, or a time of one. */
const startOf = ({ due_date, due_on, time_zone: zone }: Task): string => {
  if (due_on !== null) return due_on
  return due_date === null ? `${todayIn(zone)}T09:00:00` : localAt(due_date, zone)
}

/** How one task repeats. A task without a due date gets one: dates are counted from it. */
export const TaskRecurrenceDialog = ({ task, onClose }: { task: Task; onClose: () => void }) => {
  const { locale } = useAccount()
  const zone = task.time_zone
  const start = startOf(task)
  const [value, setValue] = useState<Recurrence>({
    fields: task.recurrence_rule === null ? plainRule : readRule(task.recurrence_rule, task.recurrence_interval, start),
    mode: task.recurrence_mode,
    anchor: task.recurrence_anchor,
    catchUp: task.recurrence_catch_up,
  })
  const save = async (isRepeating: boolean) => {
    const { rule, interval } = writeRule(value.fields, start)
    const accepted = await updateTask(
      task,
      isRepeating
        ? {
            recurrence_rule: rule,
            recurrence_interval: interval,
            recurrence_mode: value.mode,
            recurrence_anchor: value.anchor,
            recurrence_catch_up: value.catchUp,
          }
        : { recurrence_rule: null },
    )
    if (accepted) onClose()
  }
  return (
    <Dialog title="Repeat" description={`“${task.title}”, from ${start.slice(0, 10)} on`} onClose={onClose}>
      <RecurrenceEditor value={value} start={start} zone={zone} locale={locale} onChange={setValue} />
      <div className="flex justify-end gap-2 pt-5">
        {task.recurrence_rule !== null && (
          <Button look="quiet" onClick={() => void save(false)}>
            Do not repeat
          </Button>
        )}
        <Button look="primary" onClick={() => void save(true)}>
          Save
        </Button>
      </div>
    </Dialog>
  )
}
