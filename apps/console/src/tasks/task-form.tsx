import { Trash2 } from 'lucide-react'
import { useId } from 'react'
import { useAccount } from '../account/use-account.ts'
import type { Task, TaskPatch } from '../api/openapi.d.ts'
import { Button } from '../components/button.tsx'
import { Field } from '../components/field.tsx'
import { instantOf, localAt } from '../time/zone.ts'
import { deleteTask, toggleTask, updateTask } from './changes.ts'
import { countLabels } from './labels.tsx'
import { PriorityField } from './priority-field.tsx'
import { taskStore } from './task-store.ts'

/** The fields of a task. Each is saved on blur; a change from elsewhere shows up unless the field is being edited. */
export const TaskForm = ({ task, onDeleted }: { task: Task; onDeleted: () => void }) => {
  const { time_zone } = useAccount()
  const lists = useId()
  const known = countLabels(taskStore.all(), 200)
  const save = (patch: TaskPatch) => void updateTask(task, patch)
  const local = task.due_on ?? (task.due_date === null ? '' : localAt(task.due_date, task.time_zone))
  /** Without a time it is due on the day. */
  const move = (date: string, time: string) =>
    save(
      date === '' || time === ''
        ? { due_date: null, due_on: date || null }
        : { due_date: new Date(instantOf(`${date}T${time}:00`, task.time_zone)).toISOString(), due_on: null },
    )
  const remove = () => {
    deleteTask(task, onDeleted)
  }
  return (
    <div className="flex flex-col gap-4">
      <Field label="Title">
        {(attributes) => (
          <input
            {...attributes}
            key={task.title}
            defaultValue={task.title}
            maxLength={500}
            className="field"
            onBlur={({ target }) => {
              const title = target.value.trim()
              if (title === '') target.value = task.title
              else if (title !== task.title) save({ title })
            }}
            onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
          />
        )}
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <Field label="Due">
          {(attributes) => (
            <input
              {...attributes}
              type="date"
              key={local}
              defaultValue={local.slice(0, 10)}
              className="field"
              onBlur={({ target }) => target.value !== local.slice(0, 10) && move(target.value, local.slice(11, 16))}
            />
          )}
        </Field>
        <Field label="At">
          {(attributes) => (
            <input
              {...attributes}
              type="time"
              key={local}
              defaultValue={local.slice(11, 16)}
              disabled={local === ''}
              className="field"
              onBlur={({ target }) => target.value !== local.slice(11, 16) && move(local.slice(0, 10), target.value)}
            />
          )}
        </Field>
        {task.time_zone !== time_zone && (
          <p className="col-span-2 text-sm text-muted">On the clock of {task.time_zone}, where this task is at home.</p>
        )}
        <PriorityField
          value={task.priority}
          onChange={({ target }) => save({ priority: target.value as Task['priority'] })}
        />
        <Field label="Category">
          {(attributes) => (
            <input
              {...attributes}
              key={task.category}
              defaultValue={task.category ?? ''}
              maxLength={100}
              list={`${lists}-categories`}
              className="field"
              onBlur={({ target }) => {
                const category = target.value.trim() || null
                if (category !== task.category) save({ category })
              }}
            />
          )}
        </Field>
      </div>
      <Field label="Tags" hint="With commas between">
        {(attributes) => (
          <input
            {...attributes}
            key={task.tags.join()}
            defaultValue={task.tags.join(', ')}
            list={`${lists}-tags`}
            className="field"
            onBlur={({ target }) => {
              const tags = [...new Set(target.value.split(',').map((tag) => tag.trim().replace(/^#/, '')))].filter(
                Boolean,
              )
              if (tags.join('\n') !== task.tags.join('\n')) save({ tags })
            }}
          />
        )}
      </Field>
      <Field label="Notes">
        {(attributes) => (
          <textarea
            {...attributes}
            key={task.description}
            defaultValue={task.description}
            rows={4}
            maxLength={10_000}
            className="field field-sizing-content min-h-24"
            onBlur={({ target }) => target.value.trim() !== task.description && save({ description: target.value })}
          />
        )}
      </Field>
      <datalist id={`${lists}-categories`}>
        {known.categories.map(([name]) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <datalist id={`${lists}-tags`}>
        {known.tags.map(([name]) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <div className="flex gap-2">
        <Button look="primary" onClick={() => void toggleTask(task)}>
          {task.is_completed ? 'Reopen' : 'Complete'}
        </Button>
        <Button look="quiet" onClick={remove}>
          <Trash2 size={16} aria-hidden /> Delete
        </Button>
      </div>
    </div>
  )
}
