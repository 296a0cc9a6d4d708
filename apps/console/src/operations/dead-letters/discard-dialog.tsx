import { type FormEvent, useState } from 'react'
import { ApiProblem, describeError } from '../../api/problems.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Field } from '../../components/field.tsx'
import { discard } from './settle.ts'

export const DiscardDialog = ({ id, onDone, onClose }: { id: string; onDone: () => void; onClose: () => void }) => {
  const [error, setError] = useState<unknown>()
  const [isSending, setSending] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const note = String(new FormData(event.currentTarget).get('note')).trim()
    setSending(true)
    try {
      await discard(id, note)
      onDone()
    } catch (problem) {
      setError(problem)
      setSending(false)
    }
  }
  const message = error instanceof ApiProblem ? (error.fields.note ?? describeError(error)) : describeError(error)
  return (
    <Dialog
      title="Discard the event?"
      description="Its consumer never handles it, and its content goes for good. The note stays, with who wrote it."
      onClose={onClose}
    >
      <form onSubmit={submit} className="flex flex-col gap-4 pt-2">
        <Field label="Why" error={error === undefined ? undefined : message}>
          {(attributes) => (
            <textarea {...attributes} name="note" required maxLength={1_000} rows={3} className="field py-2" />
          )}
        </Field>
        <Button type="submit" look="danger" disabled={isSending}>
          Discard for good
        </Button>
      </form>
    </Dialog>
  )
}
