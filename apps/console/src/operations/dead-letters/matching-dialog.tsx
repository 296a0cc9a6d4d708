import { type FormEvent, useEffect, useRef, useState } from 'react'
import { api, bodyOf } from '../../api/api.ts'
import { describeError } from '../../api/problems.ts'
import { queryClient } from '../../api/query-client.ts'
import type { BodyOf } from '../../api/send.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Field } from '../../components/field.tsx'
import { say } from '../../components/toasts.tsx'
import { plural } from '../write.ts'

type Matching = BodyOf<'/admin/dead-letters/redrive-matching'>

const fields = [
  ['type', 'Type', 'such as task.created; empty for all'],
  ['reason', 'Reason contains', 'a part of the reason, in any case'],
] as const

/** Redrives or discards all events of a consumer that have something in common, a thousand at a time. */
export const MatchingDialog = ({ services, onClose }: { services: string[]; onClose: () => void }) => {
  const [progress, setProgress] = useState<{ settled: number; left: number | undefined }>()
  const [error, setError] = useState<string>()
  const stopped = useRef(false)
  useEffect(() => {
    stopped.current = false
    return () => {
      stopped.current = true
    }
  }, [])
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const { submitter } = event.nativeEvent as SubmitEvent
    const form = new FormData(event.currentTarget)
    const value = (name: string) => String(form.get(name) ?? '').trim() || undefined
    const isDiscard = submitter?.getAttribute('value') === 'discard'
    const note = value('note')
    if (isDiscard && !note) {
      setError('Write why they are discarded.')
      return
    }
    setError(undefined)
    const { service, type, reason } = {
      service: value('service') as Matching['service'],
      type: value('type'),
      reason: value('reason'),
    }
    let [settled, as_of]: [number, string | undefined] = [0, undefined]
    setProgress({ settled, left: undefined })
    try {
      for (let left = 1; left > 0 && !stopped.current; ) {
        const body: Matching = { service, ...(type && { type }), ...(reason && { reason }), ...(as_of && { as_of }) }
        const answer = await bodyOf(
          isDiscard
            ? api.POST('/admin/dead-letters/discard-matching', { body: { ...body, note: note! } })
            : api.POST('/admin/dead-letters/redrive-matching', { body }),
        )
        settled += answer.settled
        left = answer.left
        as_of = answer.as_of
        setProgress({ settled, left })
      }
      say(`${plural(settled, 'event')} ${isDiscard ? 'discarded' : 'handed to their consumer again'}`)
      onClose()
    } catch (problem) {
      setError(describeError(problem))
      setProgress(undefined)
    }
    await queryClient.invalidateQueries({ queryKey: ['operations'] })
  }
  return (
    <Dialog
      title="Redrive or discard all that match"
      description="Events of one consumer that have something in common. Redriven ones are handled again under their id; discarded ones lose their content for good."
      onClose={onClose}
    >
      <form onSubmit={submit} className="flex flex-col gap-4 pt-2">
        <Field label="Service">
          {(attributes) => (
            <select {...attributes} name="service" className="field">
              {services.map((each) => (
                <option key={each}>{each}</option>
              ))}
            </select>
          )}
        </Field>
        {fields.map(([name, label, hint]) => (
          <Field key={name} label={label} hint={hint}>
            {(attributes) => <input {...attributes} name={name} maxLength={200} className="field" />}
          </Field>
        ))}
        <Field label="Why" hint="needed to discard" error={error}>
          {(attributes) => <textarea {...attributes} name="note" maxLength={1_000} rows={2} className="field py-2" />}
        </Field>
        <p role="status" className="min-h-5 text-sm text-muted">
          {progress &&
            `${plural(progress.settled, 'event')} done${progress.left === undefined ? ' …' : `, ${progress.left.toLocaleString('en')} left`}`}
        </p>
        <div className="flex flex-wrap justify-end gap-2">
          <Button type="button" onClick={onClose}>
            {progress ? 'Stop' : 'Cancel'}
          </Button>
          <Button type="submit" name="action" value="discard" look="danger" disabled={progress !== undefined}>
            Discard all that match
          </Button>
          <Button type="submit" name="action" value="redrive" look="primary" disabled={progress !== undefined}>
            Redrive all that match
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
