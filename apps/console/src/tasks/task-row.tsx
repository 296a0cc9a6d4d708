import { memo } from 'react'
import type { Task } from '../api/openapi.d.ts'
import { Check } from '../components/check.tsx'
import { toggleTask } from './changes.ts'
import { startDragging, stopDragging } from './dragging.ts'
import { TaskFacts } from './task-facts.tsx'
import { TaskMenu } from './task-menu.tsx'
import { TitleEditor } from './title-editor.tsx'

/** What a row can do. Always the same object, so that rows that did not change are not rendered again. */
export interface RowActions {
  open: (id: string) => void
  edit: (id: string | undefined) => void
  select: (id: string) => void
  focus: (id: string) => void
}

interface Properties {
  task: Task
  isCurrent: boolean
  isSelected: boolean
  /** While tasks are being selected, the checkbox selects. */
  isSelecting: boolean
  isEditing: boolean
  zone: string
  locale: string
  now: number
  actions: RowActions
}

export const rowId = (id: string) => `task-${id}`

export const TaskRow = memo(
  ({ task, isCurrent, isSelected, isSelecting, isEditing, zone, locale, now, actions }: Properties) => (
    // biome-ignore lint/a11y/noStaticElementInteractions: dragging is a shortcut; the menu of the row does the same
    <div
      draggable={!isEditing && !task.is_completed}
      onDragStart={(event) => startDragging(event, task)}
      onDragEnd={stopDragging}
      onFocus={() => actions.focus(task.id)}
      className={`flex items-start gap-3 rounded-xl px-2 py-2 transition-colors hover:bg-sunken ${isSelected ? 'bg-accent-soft hover:bg-accent-soft' : isCurrent ? 'bg-sunken' : ''}`}
    >
      {isSelecting ? (
        <Check
          label={`Select ${task.title}`}
          isSquare
          isChecked={isSelected}
          onChange={() => actions.select(task.id)}
        />
      ) : (
        <Check
          label={`${task.is_completed ? 'Reopen' : 'Complete'} ${task.title}`}
          isChecked={task.is_completed}
          onChange={() => void toggleTask(task)}
        />
      )}
      <div className="min-w-0 flex-1">
        {isEditing ? (
          <TitleEditor task={task} onDone={() => actions.edit(undefined)} />
        ) : (
          <button
            type="button"
            id={rowId(task.id)}
            onClick={(event) => (event.metaKey || event.ctrlKey ? actions.select(task.id) : actions.open(task.id))}
            className="block w-full rounded-md text-left outline-offset-4"
          >
            <span className={`block truncate ${task.is_completed ? 'text-muted line-through' : ''}`}>{task.title}</span>
            <TaskFacts task={task} zone={zone} locale={locale} now={now} />
          </button>
        )}
      </div>
      <div className="-my-1.5">
        <TaskMenu
          task={task}
          zone={zone}
          onEdit={() => actions.edit(task.id)}
          onSelect={() => actions.select(task.id)}
        />
      </div>
    </div>
  ),
)
