import { Plus } from 'lucide-react'
import { type Dispatch, type FormEvent, type RefObject, type SetStateAction, useState } from 'react'
import { api, bodyOf } from '../api/api.ts'
import type { Task } from '../api/openapi.d.ts'
import { describeError } from '../api/problems.ts'
import { carryOut } from '../api/query-client.ts'
import { Button } from '../components/button.tsx'
import { say } from '../components/toasts.tsx'
import { QuickAddReading } from './quick-add-reading.tsx'
import { taskStore } from './task-store.ts'

/** One line becomes a task; what is understood of it is shown while it is typed. */
export const QuickAdd = ({
  text,
  setText,
  input,
  onAdded,
}: {
  text: string
  setText: Dispatch<SetStateAction<string>>
  input: RefObject<HTMLInputElement | null>
  onAdded: (task: Task) => void
}) => {
  const [error, setError] = useState<string>()

  const add = async (event: FormEvent) => {
    event.preventDefault()
    const line = text
    if (line.trim() === '') return
    setText('')
    setError(undefined)
    if (!navigator.onLine) say('Will be added when you are back online')
    const header = { 'Idempotency-Key': crypto.randomUUID() }
    try {
      const { task, ...answer } = await carryOut(() =>
        bodyOf(api.POST('/tasks/quick-add', { params: { header }, body: { text: line } })),
      )
      // Only a dry run has none.
      if (!('id' in task)) return
      taskStore.apply([task])
      onAdded(task)
      if ('notes' in answer && answer.notes) say(answer.notes.join(' '))
    } catch (problem) {
      setText((now) => now || line)
      setError(describeError(problem))
    }
  }

  return (
    <form onSubmit={add}>
      <div className="card flex items-center gap-1 py-1 pr-1.5 pl-4 shadow-xs focus-within:border-accent focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-accent">
        <Plus size={18} aria-hidden className="shrink-0 text-muted" />
        <input
          ref={input}
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setError(undefined)
          }}
          onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
          aria-label="New task"
          aria-describedby="quick-add-reading"
          placeholder="Add a task"
          maxLength={500}
          autoComplete="off"
          enterKeyHint="done"
          className="min-h-11 min-w-0 flex-1 bg-transparent px-2 outline-none"
        />
        <Button type="submit" look="primary" disabled={text.trim() === ''}>
          Add
        </Button>
      </div>
      <div id="quick-add-reading">
        {error !== undefined && (
          <p role="alert" className="px-4 pt-2 text-sm text-danger">
            {error}
          </p>
        )}
        {error === undefined && <QuickAddReading text={text} />}
      </div>
    </form>
  )
}
