import { Download } from 'lucide-react'
import { type ChangeEvent, useState } from 'react'
import { api, bodyOf } from '../api/api.ts'
import type { ImportResult } from '../api/openapi.d.ts'
import { describeError } from '../api/problems.ts'
import { Button } from '../components/button.tsx'
import { Field } from '../components/field.tsx'
import { sayError } from '../components/toasts.tsx'
import { loadTasks } from '../tasks/load-tasks.ts'
import { Section } from './section.tsx'
import { Usage } from './usage.tsx'

const formats = [
  ['json', 'Everything (JSON)'],
  ['csv', 'Tasks (CSV)'],
  ['ics', 'Tasks (iCalendar)'],
] as const
type Format = (typeof formats)[number][0]
const types: Record<string, string> = { json: 'application/json', csv: 'text/csv', ics: 'text/calendar' }

/** Export and import. */
export const DataSection = () => {
  const [result, setResult] = useState<ImportResult | { error: unknown }>()

  const download = async (format: Format) => {
    try {
      const file = await bodyOf(api.GET('/export', { params: { query: { format } }, parseAs: 'blob' }))
      const link = document.createElement('a')
      link.href = URL.createObjectURL(file)
      link.download = `taskflow.${format}`
      link.click()
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
    } catch (error) {
      sayError(error)
    }
  }
  const upload = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0]
    if (!file) return
    const type = types[file.name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'text/csv'
    try {
      const headers = { 'content-type': type }
      // The file itself: as text, what is not UTF-8 would be replaced.
      setResult(await bodyOf(api.POST('/import', { body: '', headers, bodySerializer: () => file })))
      void loadTasks()
    } catch (error) {
      setResult({ error })
    }
    target.value = ''
  }

  return (
    <Section title="Your data" about="What is exported can be imported again; only what is missing is created">
      <Usage />
      <div className="flex flex-wrap gap-2">
        {formats.map(([format, name]) => (
          <Button key={format} onClick={() => void download(format)}>
            <Download size={16} aria-hidden /> {name}
          </Button>
        ))}
      </div>
      <Field label="Import a file" hint="JSON, CSV or iCalendar, up to 10 MB">
        {(attributes) => (
          <input
            {...attributes}
            type="file"
            accept=".json,.csv,.ics"
            onChange={(event) => void upload(event)}
            className="field py-2 file:mr-3 file:rounded-md file:bg-sunken file:px-3 file:text-sm"
          />
        )}
      </Field>
      {result && (
        <div role="status" className="text-sm">
          {'error' in result ? (
            <p className="text-danger">{describeError(result.error)}</p>
          ) : (
            <>
              <p>
                {result.created} created, {result.existing} were there, {result.refused} refused.
              </p>
              <ul className="text-danger">
                {result.data
                  .filter(({ status }) => status === 'refused')
                  .slice(0, 20)
                  .map(({ place, errors }) => (
                    <li key={place}>
                      {place}: {errors?.map(({ message }) => message).join('; ')}
                    </li>
                  ))}
              </ul>
            </>
          )}
        </div>
      )}
    </Section>
  )
}
