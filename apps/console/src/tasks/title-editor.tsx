import { useRef } from 'react'
import type { Task } from '../api/openapi.d.ts'
import { updateTask } from './changes.ts'

/** Edits the title of a task in place. Enter saves, Escape cancels. */
export const TitleEditor = ({ task, onDone }: { task: Task; onDone: () => void }) => {
  const isOver = useRef(false)
  const finish = (title: string) => {
    if (isOver.current) return
    isOver.current = true
    const wanted = title.trim()
    if (wanted !== '' && wanted !== task.title) void updateTask(task, { title: wanted })
    onDone()
  }
  return (
    <input
      ref={(input) => {
        if (input && document.activeElement !== input) {
          input.focus()
          input.select()
        }
      }}
      aria-label={`Title of ${task.title}`}
      defaultValue={task.title}
      maxLength={500}
      className="field -my-1 min-h-8 px-2"
      onBlur={(event) => finish(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish(event.currentTarget.value)
        if (event.key === 'Escape') finish('')
        event.stopPropagation()
      }}
    />
  )
}
