import { type FormEvent, useState } from 'react'
import { ApiProblem, describeError } from '../api/problems.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Field } from '../components/field.tsx'

/** Asks for the reason of what an operator does, and does it. Closes when `send` has resolved. */
export const NoteDialog = ({
  title,
  description,
  action,
  look = 'primary',
  send,
  onClose,
}: {
  title: string
  description: string
  action: string
  look?: 'primary' | 'danger'
  send: (note: string) => Promise<void>
  onClose: () => void
}) => {
  const [error, setError] = useState<unknown>()
  const [isSending, setSending] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const note = String(new FormData(event.currentTarget).get('note')).trim()
    setSending(true)
    try {
      await send(note)
      onClose()
    } catch (problem) {
      setError(problem)
      setSending(false)
    }
  }
  const message = error instanceof ApiProblem ? (error.fields.note ?? describeError(error)) : describeError(error)
  return (
    <Dialog title={title} description={description} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-4 pt-2">
        <Field label="Why" error={error === undefined ? undefined : message}>
          {(attributes) => (
            <textarea {...attributes} name="note" required maxLength={1_000} rows={3} className="field py-2" />
          )}
        </Field>
        <Button type="submit" look={look} disabled={isSending}>
          {action}
        </Button>
      </form>
    </Dialog>
  )
}
