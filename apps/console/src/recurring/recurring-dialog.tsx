import { type FormEvent, useState } from 'react'
import { useAccount } from '../account/use-account.ts'
import type { RecurringTask, Task } from '../api/openapi.d.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Field } from '../components/field.tsx'
import { SwitchField } from '../components/switch-field.tsx'
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
  const [isAllDay, setAllDay] = useState(recurring ? recurring.start_on !== null : false)
  const [start, setStart] = useState(
    recurring?.start_on === null
      ? recurring.start_date.slice(0, 16)
      : `${recurring?.start_on ?? addDays(todayIn(time_zone), 1)}T09:00`,
  )
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
        ...(isAllDay ? { start_on: start.slice(0, 10) } : { start_date: `${start}:00` }),
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
          <Field label={isAllDay ? 'First day' : 'First time'}>
            {(attributes) => (
              <input
                {...attributes}
                type={isAllDay ? 'date' : 'datetime-local'}
                required
                value={isAllDay ? start.slice(0, 10) : start}
                onChange={({ target }) =>
                  target.value && setStart(isAllDay ? `${target.value}${start.slice(10)}` : target.value)
                }
                className="field"
              />
            )}
          </Field>
          <TimeZoneField value={zone} onChange={setZone} />
        </div>
        <SwitchField
          label="All day"
          hint="Its tasks are due on a day, without a time"
          isOn={isAllDay}
          onChange={setAllDay}
        />
        <RecurrenceEditor
          value={value}
          start={isAllDay ? start.slice(0, 10) : `${start}:00`}
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
