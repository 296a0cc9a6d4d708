import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Clock, Info } from 'lucide-react'
import { api, bodyOf } from '../api/api.ts'
import { describeError } from '../api/problems.ts'
import { useDebounced } from '../components/use-debounced.ts'
import { remarkOnClocks } from './clock-remarks.ts'
import { OccurrenceList } from './occurrence-list.tsx'

/** The rule as a sentence, its next ten dates, and what clock changes do to them. */
export const RecurrencePreview = (schedule: {
  rule: string
  interval: number
  start: string
  zone: string
  locale: string
}) => {
  const settled = useDebounced(JSON.stringify(schedule), 150)
  const { rule, interval, start, zone, locale } = JSON.parse(settled) as typeof schedule
  const { data, error } = useQuery({
    queryKey: ['preview', rule, interval, start, zone],
    queryFn: ({ signal }) =>
      bodyOf(api.POST('/recurrence/preview', { body: { rule, interval, start, time_zone: zone, count: 10 }, signal })),
    placeholderData: keepPreviousData,
    retry: false,
  })
  if (error) {
    return (
      <p role="alert" className="text-sm text-danger">
        {describeError(error)}
      </p>
    )
  }
  if (!data) return null
  const usual = /BYHOUR|BYMINUTE|HOURLY|MINUTELY|SECONDLY|DTSTART|RDATE/i.test(rule) ? undefined : start.slice(11, 16)
  // A start without a time is that of days, which no clock changes.
  const remarks = start.length > 10 ? remarkOnClocks(data.occurrences, zone, usual) : []
  return (
    <div className="rounded-xl bg-sunken p-4" aria-live="polite">
      <p className="font-medium">{data.description}</p>
      <OccurrenceList occurrences={data.occurrences} remarks={remarks} locale={locale} />
      {data.notes?.map((note) => (
        <p key={note} className="mt-3 flex items-center gap-2 text-sm text-muted">
          <Info size={14} aria-hidden className="shrink-0" /> {note}
        </p>
      ))}
      {remarks.length > 0 && (
        <p className="mt-3 flex items-center gap-2 text-sm text-muted">
          <Clock size={14} aria-hidden className="shrink-0" /> Times are kept on the clock of {zone}.
        </p>
      )}
    </div>
  )
}
