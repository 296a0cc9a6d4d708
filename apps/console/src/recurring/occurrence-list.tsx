import type { RecurrencePreview } from '../api/openapi.d.ts'
import { writeLongDay, writeTime } from '../time/format.ts'
import type { Remark } from './clock-remarks.ts'

/** The next dates, with remarks. */
export const OccurrenceList = ({
  occurrences,
  remarks = [],
  locale,
}: {
  occurrences: RecurrencePreview['occurrences']
  remarks?: Remark[]
  locale: string
}) => {
  if (occurrences.length === 0) return <p className="mt-2 text-sm text-muted">No date comes any more.</p>
  return (
    <ol className="mt-2 flex flex-col gap-0.5 text-sm">
      {occurrences.map(({ local, utc }) => {
        const remark = remarks.find(({ date }) => date === local.slice(0, 10))
        return (
          <li key={utc}>
            <span className="flex justify-between gap-4 tabular-nums">
              <span>{writeLongDay(local.slice(0, 10), locale)}</span>
              {local.length > 10 && <span>{writeTime(local, locale)}</span>}
            </span>
            {remark && <span className="block text-muted">{remark.text}</span>}
          </li>
        )
      })}
    </ol>
  )
}
