import { AlarmClock, X } from 'lucide-react'
import { useState } from 'react'
import type { Reminder, Task, TaskPatch } from '../api/openapi.d.ts'
import { Button } from '../components/button.tsx'
import { Menu, MenuItem } from '../components/menu.tsx'
import { writeDuration, writeMoment } from '../time/format.ts'
import { addDays, instantOf, todayIn } from '../time/zone.ts'
import { dismissReminder, snoozeReminder, updateTask } from './changes.ts'

type ReminderInput = NonNullable<TaskPatch['reminders']>[number]

const states: Record<Reminder['state'], string> = {
  pending: '',
  due: 'is going out',
  sent: 'sent',
  failed: 'could not be sent',
  dismissed: 'dismissed',
  cancelled: 'no longer needed',
}

const whenOf = ({ type, offset }: Reminder): string => {
  switch (type) {
    case '24_hours_before':
      return '24 hours before'
    case '1_hour_before':
      return '1 hour before'
    case 'at':
      return 'At a time'
    default:
      return `${writeDuration(offset ?? '')} ${type}`
  }
}

/** A reminder as it is sent back, because the list is replaced as a whole. */
const inputOf = ({ type, offset, at }: Reminder): ReminderInput => {
  if (type === 'at') return { type, ...(at !== null && { at }) }
  return { type, ...((type === 'before' || type === 'after') && offset !== null && { offset }) }
}

const offers: [string, ReminderInput][] = [
  ['10 minutes before', { type: 'before', offset: 'PT10M' }],
  ['1 hour before', { type: '1_hour_before' }],
  ['24 hours before', { type: '24_hours_before' }],
  ['1 week before', { type: 'before', offset: 'P7D' }],
  ['1 day after', { type: 'after', offset: 'P1D' }],
]

/** The reminders of a task, their states, and how to snooze or dismiss them. */
export const TaskReminders = ({ task, zone, locale }: { task: Task; zone: string; locale: string }) => {
  const [isChoosing, setChoosing] = useState(false)
  const set = (reminders: ReminderInput[]) => void updateTask(task, { reminders })
  const add = (reminder: ReminderInput) => set([...task.reminders.map(inputOf), reminder])
  const remove = (id: string) => set(task.reminders.filter((each) => each.id !== id).map(inputOf))
  const hasDate = task.due_date !== null || task.due_on !== null
  return (
    <section aria-label="Reminders" className="flex flex-col gap-2 border-t border-line pt-5">
      <div className="flex items-center justify-between">
        <h3 className="font-semibold">Reminders</h3>
        <Menu trigger={<Button look="quiet">Add</Button>}>
          {hasDate &&
            offers.map(([label, reminder]) => (
              <MenuItem key={label} onClick={() => add(reminder)}>
                {label}
              </MenuItem>
            ))}
          <MenuItem onClick={() => setChoosing(true)}>At a time ...</MenuItem>
        </Menu>
      </div>
      {task.reminders.length === 0 && (
        <p className="text-muted">{hasDate ? 'None.' : 'None. With a due date there is more to choose from.'}</p>
      )}
      <ul className="flex flex-col gap-1">
        {task.reminders.map((reminder) => (
          <li key={reminder.id} className="flex items-center gap-1">
            <span className="min-w-0 flex-1">
              {whenOf(reminder)}
              <span className="block text-sm text-muted">
                {[reminder.at && writeMoment(reminder.at, zone, locale), states[reminder.state]]
                  .filter(Boolean)
                  .join(', ')}
              </span>
            </span>
            {!task.is_completed && (
              <SnoozeMenu
                zone={zone}
                onSnooze={(until) => void snoozeReminder(task, reminder.id, until)}
                onDismiss={() => void dismissReminder(task, reminder.id)}
              />
            )}
            <Button look="quiet" isIcon aria-label={`Remove ${whenOf(reminder)}`} onClick={() => remove(reminder.id)}>
              <X size={16} aria-hidden />
            </Button>
          </li>
        ))}
      </ul>
      {isChoosing && (
        <form
          className="flex gap-2"
          onSubmit={(event) => {
            event.preventDefault()
            const local = String(new FormData(event.currentTarget).get('at'))
            if (local) add({ type: 'at', at: new Date(instantOf(`${local}:00`, zone)).toISOString() })
            setChoosing(false)
          }}
        >
          <input type="datetime-local" name="at" aria-label="Remind at" required className="field" />
          <Button type="submit" look="primary" className="min-h-10">
            Add
          </Button>
        </form>
      )}
    </section>
  )
}

const SnoozeMenu = ({
  zone,
  onSnooze,
  onDismiss,
}: {
  zone: string
  onSnooze: (until: { for: string } | { until: string }) => void
  onDismiss: () => void
}) => {
  const tomorrow = () => new Date(instantOf(`${addDays(todayIn(zone), 1)}T09:00:00`, zone)).toISOString()
  return (
    <Menu
      trigger={
        <Button look="quiet" isIcon aria-label="Put off">
          <AlarmClock size={16} aria-hidden />
        </Button>
      }
    >
      <MenuItem onClick={() => onSnooze({ for: 'PT10M' })}>In 10 minutes</MenuItem>
      <MenuItem onClick={() => onSnooze({ for: 'PT1H' })}>In an hour</MenuItem>
      <MenuItem onClick={() => onSnooze({ for: 'PT3H' })}>In three hours</MenuItem>
      <MenuItem onClick={() => onSnooze({ until: tomorrow() })}>Tomorrow at 9</MenuItem>
      <MenuItem onClick={onDismiss}>Dismiss</MenuItem>
    </Menu>
  )
}
