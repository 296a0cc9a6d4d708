import type { Task } from '../api/openapi.d.ts'
import { Field } from '../components/field.tsx'
import { weekdayNames } from '../time/format.ts'
import { RecurrencePreview } from './recurrence-preview.tsx'
import { type RuleFields, weekdayCodes, writeRule } from './rule.ts'

export interface Recurrence {
  fields: RuleFields
  mode: Task['recurrence_mode']
  anchor: Task['recurrence_anchor']
  catchUp: Task['recurrence_catch_up']
}

const unitNames = { daily: 'days', weekly: 'weeks', monthly: 'months', yearly: 'years' } as const

/** Edits how a task repeats, and shows the rule as a sentence with its next dates. */
export const RecurrenceEditor = ({
  value,
  start,
  zone,
  locale,
  onChange,
}: {
  value: Recurrence
  /** Local date-time of the first occurrence. */
  start: string
  zone: string
  locale: string
  onChange: (value: Recurrence) => void
}) => {
  const { fields, mode, anchor, catchUp } = value
  const set = (change: Partial<RuleFields>) => onChange({ ...value, fields: { ...fields, ...change } })
  return (
    <div className="flex flex-col gap-4">
      {fields.custom === undefined ? (
        <SimpleRule fields={fields} locale={locale} set={set} />
      ) : (
        <Field label="Rule" hint="An RRULE as in iCalendar (RFC 5545)">
          {(attributes) => (
            <textarea
              {...attributes}
              rows={3}
              value={fields.custom}
              maxLength={2_000}
              spellCheck={false}
              onChange={(event) => set({ custom: event.target.value })}
              className="field font-mono text-sm"
            />
          )}
        </Field>
      )}
      <button
        type="button"
        className="self-start text-sm font-medium text-accent underline underline-offset-4"
        onClick={() => set({ custom: fields.custom === undefined ? rruleOf(fields, start) : undefined })}
      >
        {fields.custom === undefined ? 'Write the rule myself' : 'Choose instead'}
      </button>
      <Field label="The next one comes">
        {(attributes) => (
          <select
            {...attributes}
            className="field"
            value={mode === 'on_schedule' ? 'on_schedule' : anchor}
            onChange={({ target }) =>
              onChange(
                target.value === 'on_schedule'
                  ? { ...value, mode: 'on_schedule' }
                  : { ...value, mode: 'on_completion', anchor: target.value as Recurrence['anchor'] },
              )
            }
          >
            <option value="due_date">when this one is done, counted from its due date</option>
            <option value="completed_at">when this one is done, counted from that day</option>
            <option value="on_schedule">when its date comes, done or not</option>
          </select>
        )}
      </Field>
      <Field label="Dates that were missed">
        {(attributes) => (
          <select
            {...attributes}
            className="field"
            value={catchUp}
            onChange={({ target }) => onChange({ ...value, catchUp: target.value as Recurrence['catchUp'] })}
          >
            <option value="skip">are left out</option>
            <option value="all">come one after the other</option>
          </select>
        )}
      </Field>
      <RecurrencePreview {...writeRule(fields, start)} start={start} zone={zone} locale={locale} />
    </div>
  )
}

const SimpleRule = ({
  fields: { unit, interval, days, monthly, end },
  locale,
  set,
}: {
  fields: RuleFields
  locale: string
  set: (change: Partial<RuleFields>) => void
}) => (
  <>
    <div className="flex items-end gap-3">
      <Field label="Every" className="w-24">
        {(attributes) => (
          <input
            {...attributes}
            type="number"
            min={1}
            max={1_000}
            value={interval}
            onChange={({ target }) => set({ interval: Math.min(1_000, Math.max(1, Number(target.value) || 1)) })}
            className="field"
          />
        )}
      </Field>
      <select
        aria-label="Unit"
        className="field"
        value={unit}
        onChange={({ target }) => set({ unit: target.value as RuleFields['unit'] })}
      >
        {Object.entries(unitNames).map(([name, text]) => (
          <option key={name} value={name}>
            {interval === 1 ? text.slice(0, -1) : text}
          </option>
        ))}
      </select>
    </div>
    {unit === 'weekly' && (
      <fieldset>
        <legend className="pb-1 text-sm font-medium">On</legend>
        <div className="flex flex-wrap gap-1.5">
          {weekdayCodes.map((code, index) => (
            <label
              key={code}
              className="relative grid min-h-9 min-w-11 cursor-pointer place-items-center rounded-lg border border-edge px-2 text-sm has-checked:border-accent has-checked:bg-accent has-checked:text-on-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
            >
              <input
                type="checkbox"
                className="absolute inset-0 cursor-pointer appearance-none outline-none"
                checked={days.includes(code)}
                onChange={({ target }) =>
                  set({ days: target.checked ? [...days, code] : days.filter((day) => day !== code) })
                }
              />
              {weekdayNames(1, locale)[index]}
            </label>
          ))}
        </div>
      </fieldset>
    )}
    {unit === 'monthly' && (
      <Field label="On">
        {(attributes) => (
          <select
            {...attributes}
            className="field"
            value={monthly}
            onChange={({ target }) => set({ monthly: target.value as RuleFields['monthly'] })}
          >
            <option value="day">the day it starts on</option>
            <option value="weekday">the weekday it starts on</option>
            <option value="last">the last day of the month</option>
          </select>
        )}
      </Field>
    )}
    <div className="flex items-end gap-3">
      <Field label="Ends" className="flex-1">
        {(attributes) => (
          <select
            {...attributes}
            className="field"
            value={end.kind}
            onChange={({ target }) => set({ end: newEnd(target.value) })}
          >
            <option value="never">never</option>
            <option value="count">after a number of times</option>
            <option value="until">on a day</option>
          </select>
        )}
      </Field>
      {end.kind === 'count' && (
        <input
          type="number"
          aria-label="Number of times"
          min={1}
          max={10_000}
          value={end.count}
          onChange={({ target }) => set({ end: { kind: 'count', count: Math.max(1, Number(target.value) || 1) } })}
          className="field w-24"
        />
      )}
      {end.kind === 'until' && (
        <input
          type="date"
          aria-label="Last day"
          value={end.date}
          onChange={({ target }) => target.value && set({ end: { kind: 'until', date: target.value } })}
          className="field w-40"
        />
      )}
    </div>
  </>
)

const newEnd = (kind: string): RuleFields['end'] => {
  if (kind === 'count') return { kind: 'count', count: 10 }
  if (kind === 'until')
    return { kind: 'until', date: new Date(Date.now() + 365 * 86_400_000).toISOString().slice(0, 10) }
  return { kind: 'never' }
}

const rruleOf = (fields: RuleFields, start: string): string => {
  const { rule, interval } = writeRule(fields, start)
  return rule.includes('=') ? rule : `FREQ=${rule.toUpperCase()}${interval > 1 ? `;INTERVAL=${interval}` : ''}`
}
