import { type ChangeEvent, useState } from 'react'
import { api, bodyOf } from '../api/api.ts'
import type { ImportResult } from '../api/openapi.d.ts'
import { ApiProblem, describeError } from '../api/problems.ts'
import { Button } from '../components/button.tsx'
import { Field } from '../components/field.tsx'
import { loadTasks } from '../tasks/load-tasks.ts'
import { ImportReport } from './import-report.tsx'

const types: Record<string, string> = { json: 'application/json', csv: 'text/csv', ics: 'text/calendar' }

/** A file that was chosen, as it was then, and what its columns are if the person has agreed to it. */
interface Chosen {
  name: string
  type: string
  content: Blob
  mapping?: string | undefined
}

/** Imports a file: what would become of it is shown first, and nothing is stored before the person confirms. */
export const ImportFile = () => {
  const [chosen, setChosen] = useState<Chosen>()
  const [result, setResult] = useState<ImportResult>()
  const [error, setError] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)

  const run = async (file: Chosen, preview: boolean) => {
    setBusy(true)
    setError(undefined)
    try {
      const query = { preview: String(preview) as 'true', ...(file.mapping ? { mapping: file.mapping } : {}) }
      const headers = { 'content-type': file.type }
      // The bytes themselves: as text, what is not UTF-8 would be replaced.
      const request = { params: { query }, body: '' as never, headers, bodySerializer: () => file.content }
      setResult(await bodyOf(api.POST('/import', request)))
      if (!preview) void loadTasks()
    } catch (failure) {
      setResult(undefined)
      setError(failure)
    }
    setBusy(false)
  }
  const choose = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0]
    if (!file) return
    const type = types[file.name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'text/csv'
    const next = { name: file.name, type, content: new Blob([await file.arrayBuffer()]) }
    target.value = ''
    setChosen(next)
    setResult(undefined)
    await run(next, true)
  }
  const forget = () => {
    setChosen(undefined)
    setResult(undefined)
    setError(undefined)
  }
  const suggested = error instanceof ApiProblem && !chosen?.mapping ? error.fields.mapping : undefined

  return (
    <>
      <Field
        label="Import a file"
        hint="JSON, CSV or iCalendar, up to 10 MB: ours, or one of Todoist, TickTick, Asana, Outlook, Google Tasks or a spreadsheet. You see what becomes of it first."
      >
        {(attributes) => (
          <input
            {...attributes}
            type="file"
            accept=".json,.csv,.ics"
            disabled={isBusy}
            onChange={(event) => void choose(event)}
            className="field py-2 file:mr-3 file:rounded-md file:bg-sunken file:px-3 file:text-sm"
          />
        )}
      </Field>
      <div role="status" className="text-sm">
        {isBusy && <p className="text-muted">Reading {chosen?.name} …</p>}
        {error !== undefined && suggested === undefined && <p className="text-danger">{describeError(error)}</p>}
      </div>
      {chosen && suggested !== undefined && (
        <Columns
          mapping={suggested}
          onConfirm={() => {
            const next = { ...chosen, mapping: suggested }
            setChosen(next)
            void run(next, true)
          }}
          onCancel={forget}
        />
      )}
      {chosen && result && (
        <ImportReport
          result={result}
          name={chosen.name}
          isBusy={isBusy}
          onConfirm={() => void run(chosen, false)}
          onCancel={forget}
        />
      )}
    </>
  )
}

/** What the columns of a table seem to be. */
const Columns = ({
  mapping,
  onConfirm,
  onCancel,
}: {
  mapping: string
  onConfirm: () => void
  onCancel: () => void
}) => (
  <section aria-label="Columns of the file" className="flex flex-col gap-3 text-sm">
    <p>This file is of no program that TaskFlow knows. Its columns seem to be:</p>
    <ul className="list-disc pl-5">
      {Object.entries(JSON.parse(mapping) as Record<string, string>).map(([field, column]) => (
        <li key={field} className="break-words">
          “{column}”: {field.replaceAll('_', ' ')}
        </li>
      ))}
    </ul>
    <p className="text-muted">The other columns are left out.</p>
    <div className="flex flex-wrap gap-2">
      <Button look="primary" onClick={onConfirm}>
        Read it so
      </Button>
      <Button onClick={onCancel}>Cancel</Button>
    </div>
  </section>
)
