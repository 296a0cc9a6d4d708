import { type FormEvent, useState } from 'react'
import { useAccount } from '../account/use-account.ts'
import type { RecurringTask, Task } from '../api/openapi.d.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Field } from '../components/field.tsx'
import { TimeZoneField } from '../settings/time-zone-field.tsx'
import { PriorityField } from '../tasks/priority-field.tsx'
import { addDays, isTimeZone, todayIn } from '../time/zone.ts'
import { saveRecurring } from './change-recurring.ts'
import { type Recurrence, RecurrenceEditor } from './recurrence-editor.tsx'
import { isShort, plainRule, readRule, writeRule } from './rule.ts'

/** A recurring task, new or to be changed. */
export const RecurringDialog = ({
  recurring,
  onClose,
}: {
  recurring: RecurringTask | undefined
  onClose: () => void
}) => {
  const { locale, time_zone } = useAccount()
  const [key] = useState(() => crypto.randomUUID())
  const [zone, setZone] = useState(recurring?.time_zone ?? time_zone)
  const [start, setStart] = useState(recurring?.start_date.slice(0, 16) ?? `${addDays(todayIn(time_zone), 1)}T09:00`)
  const [value, setValue] = useState<Recurrence>({
    fields: recurring ? readRule(recurring.rule, recurring.interval, recurring.start_date) : plainRule,
    mode: recurring?.recurrence_mode ?? 'on_schedule',
    anchor: recurring?.recurrence_anchor ?? 'due_date',
    catchUp: recurring?.recurrence_catch_up ?? 'skip',
  })
  const [isSaving, setSaving] = useState(false)

  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '').trim()
    const { rule, interval } = writeRule(value.fields, start)
    setSaving(true)
    const accepted = await saveRecurring(
      recurring,
      {
        title: text('title'),
        description: text('description'),
        priority: text('priority') as Task['priority'],
        category: text('category') || null,
        tags: [
          ...new Set(
            text('tags')
              .split(',')
              .map((tag) => tag.trim()),
          ),
        ].filter(Boolean),
        ...(isShort(rule) ? { pattern: rule, interval } : { rule }),
        start_date: `${start}:00`,
        time_zone: zone,
        recurrence_mode: value.mode,
        recurrence_anchor: value.anchor,
        recurrence_catch_up: value.catchUp,
      },
      key,
    )
    setSaving(false)
    if (accepted) onClose()
  }

  return (
    <Dialog title={recurring ? 'Change recurring task' : 'New recurring task'} onClose={onClose}>
      <form onSubmit={save} className="flex flex-col gap-4">
        <Field label="Title">
          {(attributes) => (
            <input
              {...attributes}
              name="title"
              required
              maxLength={500}
              defaultValue={recurring?.title}
              className="field"
            />
          )}
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="First time">
            {(attributes) => (
              <input
                {...attributes}
                type="datetime-local"
                required
                value={start}
                onChange={({ target }) => target.value && setStart(target.value)}
                className="field"
              />
            )}
          </Field>
          <TimeZoneField value={zone} onChange={setZone} />
        </div>
        <RecurrenceEditor
          value={value}
          start={`${start}:00`}
          zone={isTimeZone(zone) ? zone : time_zone}
          locale={locale}
          onChange={setValue}
        />
        <details>
          <summary className="cursor-pointer text-sm font-medium">What each of its tasks is like</summary>
          <div className="grid gap-4 pt-3 sm:grid-cols-2">
            <PriorityField name="priority" defaultValue={recurring?.priority ?? 'medium'} />
            <Field label="Category">
              {(attributes) => (
                <input
                  {...attributes}
                  name="category"
                  maxLength={100}
                  defaultValue={recurring?.category ?? ''}
                  className="field"
                />
              )}
            </Field>
            <Field label="Tags" hint="With commas between" className="sm:col-span-2">
              {(attributes) => (
                <input {...attributes} name="tags" defaultValue={recurring?.tags.join(', ')} className="field" />
              )}
            </Field>
            <Field label="Notes" className="sm:col-span-2">
              {(attributes) => (
                <textarea
                  {...attributes}
                  name="description"
                  rows={3}
                  maxLength={10_000}
                  defaultValue={recurring?.description}
                  className="field"
                />
              )}
            </Field>
          </div>
        </details>
        <div className="flex justify-end">
          <Button type="submit" look="primary" disabled={isSaving || !isTimeZone(zone)}>
            {recurring ? 'Save' : 'Create'}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
