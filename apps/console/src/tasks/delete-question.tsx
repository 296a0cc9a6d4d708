import { useSyncExternalStore } from 'react'
import type { Task } from '../api/openapi.d.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'

/** What becomes of the series of a deleted task. */
export type SeriesChoice = 'skip' | 'end' | 'keep'

interface Question {
  tasks: readonly Task[]
  answer: (choice: SeriesChoice) => void
}

let question: Question | undefined
const listeners = new Set<() => void>()
const set = (next: Question | undefined) => {
  question = next
  for (const listen of listeners) listen()
}

const isOfSeries = ({ is_completed, recurrence_rule }: Task) => !is_completed && recurrence_rule !== null

/** Goes on at once with tasks that do not repeat; of others, asks what becomes of their series. */
export const askAboutSeries = (tasks: readonly Task[], goOn: (choice?: SeriesChoice) => void): void => {
  if (tasks.some(isOfSeries)) set({ tasks: tasks.filter(isOfSeries), answer: goOn })
  else goOn()
}

/** The question that is open, if one is. */
export const DeleteQuestion = () => {
  const asked = useSyncExternalStore(
    (listen) => {
      listeners.add(listen)
      return () => listeners.delete(listen)
    },
    () => question,
  )
  if (!asked) return null
  const { tasks, answer } = asked
  const choose = (choice: SeriesChoice) => () => {
    set(undefined)
    answer(choice)
  }
  // On schedule, the next date comes whatever becomes of this one.
  const waits = tasks.some(({ recurrence_mode }) => recurrence_mode === 'on_completion')
  const what = tasks.length === 1 ? `“${tasks[0]!.title}” repeats` : `${tasks.length} of them repeat`
  return (
    <Dialog
      title="Delete"
      description={`${what}. What should become of the next dates?`}
      onClose={() => set(undefined)}
    >
      <div className="flex flex-col gap-2 pt-3">
        <Button look="primary" onClick={choose('skip')}>
          Skip this one, go on with the next date
        </Button>
        {waits && <Button onClick={choose('keep')}>Pause the series until I resume it</Button>}
        <Button look="danger" onClick={choose('end')}>
          End the series
        </Button>
      </div>
    </Dialog>
  )
}
