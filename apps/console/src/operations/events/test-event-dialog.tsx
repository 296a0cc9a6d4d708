import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { api, bodyOf } from '../../api/api.ts'
import { describeError } from '../../api/problems.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Field } from '../../components/field.tsx'

/** What the API accepts. A valid test event is of a type whose consumers do nothing when its subject does not exist. */
const kinds = {
  'task.deleted on task-events': { topic: 'task-events', type: 'task.deleted' },
  'recurring_task.changed on task-recurrence': { topic: 'task-recurrence', type: 'recurring_task.changed' },
  'an unreadable one on task-events': { topic: 'task-events', kind: 'unreadable' },
  'an unreadable one on task-recurrence': { topic: 'task-recurrence', kind: 'unreadable' },
  'an unreadable one on user-events': { topic: 'user-events', kind: 'unreadable' },
  'an unreadable one on dead-letters': { topic: 'dead-letters', kind: 'unreadable' },
} as const
type Kind = keyof typeof kinds

/** Publishes an event and goes to its story. */
export const TestEventDialog = ({ onClose }: { onClose: () => void }) => {
  const navigate = useNavigate()
  const [error, setError] = useState<unknown>()
  const [isSending, setSending] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const kind = new FormData(event.currentTarget).get('kind') as Kind
    setSending(true)
    try {
      const { id } = await bodyOf(api.POST('/admin/events/test', { body: kinds[kind] }))
      await navigate({ to: '/operations/events/$id', params: { id } })
    } catch (problem) {
      setError(problem)
      setSending(false)
    }
  }
  return (
    <Dialog
      title="Publish a test event"
      description="It goes the way of all others: outbox, Kafka, each consumer, audit log. A valid one is about something that never was. An unreadable one is parked by its consumers, to try out redrive and discard."
      onClose={onClose}
    >
      <form onSubmit={submit} className="flex flex-col gap-4 pt-2">
        <Field label="Event" error={error === undefined ? undefined : describeError(error)}>
          {(attributes) => (
            <select {...attributes} name="kind" className="field">
              {Object.keys(kinds).map((kind) => (
                <option key={kind}>{kind}</option>
              ))}
            </select>
          )}
        </Field>
        <Button type="submit" look="primary" disabled={isSending}>
          Publish
        </Button>
      </form>
    </Dialog>
  )
}
