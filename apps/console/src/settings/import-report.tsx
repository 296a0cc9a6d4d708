import { useEffect, useRef } from 'react'
import type { ImportResult } from '../api/openapi.d.ts'
import { Button } from '../components/button.tsx'
import { remarksOn } from './import-remarks.ts'

interface Properties {
  result: ImportResult
  name: string
  isBusy: boolean
  onConfirm: () => void
  onCancel: () => void
}

const most = 50

/** What became of a file, or would: counts, and what of it does not arrive as it is written. */
export const ImportReport = ({ result, name, isBusy, onConfirm, onCancel }: Properties) => {
  const { preview, created, existing, refused } = result
  const heading = useRef<HTMLHeadingElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each report is read from its beginning
  useEffect(() => heading.current?.focus(), [result])
  const remarks = remarksOn(result)
  const title = preview ? `Nothing is imported yet: ${name}` : `Imported: ${name}`
  return (
    <section aria-label="Import" className="flex flex-col gap-3 text-sm">
      <h3 ref={heading} tabIndex={-1} className="font-semibold break-words">
        {title}
      </h3>
      <p>
        {preview
          ? `${created} will be created, ${existing} are there already, ${refused} cannot be imported.`
          : `${created} created, ${existing} were there, ${refused} refused.`}
      </p>
      {remarks.length > 0 && (
        <ul
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keyboard too
          tabIndex={0}
          aria-label="Remarks"
          className="flex max-h-72 flex-col gap-1 overflow-y-auto rounded-lg bg-sunken p-3"
        >
          {remarks.slice(0, most).map(({ text, places, isRefusal }) => (
            <li key={text} className={`break-words ${isRefusal ? 'text-danger' : ''}`}>
              {text} <span className="text-muted">({places})</span>
            </li>
          ))}
          {remarks.length > most && <li className="text-muted">and {remarks.length - most} more</li>}
        </ul>
      )}
      {preview ? (
        <div className="flex flex-wrap gap-2">
          <Button look="primary" disabled={isBusy || created === 0} onClick={onConfirm}>
            Import {created === 1 ? '1 task' : `${created} tasks`}
          </Button>
          <Button disabled={isBusy} onClick={onCancel}>
            Cancel
          </Button>
        </div>
      ) : (
        <div>
          <Button onClick={onCancel}>Close</Button>
        </div>
      )}
    </section>
  )
}
