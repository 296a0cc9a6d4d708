import { Download } from 'lucide-react'
import { api, bodyOf } from '../api/api.ts'
import { Button } from '../components/button.tsx'
import { sayError } from '../components/toasts.tsx'
import { ImportFile } from './import-file.tsx'
import { Section } from './section.tsx'
import { Usage } from './usage.tsx'

const formats = [
  ['json', 'Everything (JSON)'],
  ['csv', 'Tasks (CSV)'],
  ['ics', 'Tasks (iCalendar)'],
] as const
type Format = (typeof formats)[number][0]

/** Export and import. */
export const DataSection = () => {
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
      <ImportFile />
    </Section>
  )
}
