import type { AuditRecord } from '../api/openapi.d.ts'
import { writeAgo } from '../time/format.ts'
import { describeAct } from './describe-act.ts'
import { describeClient } from './describe-client.ts'

/** What happened, and when, from where and with which device. */
export const ActivityItem = ({ record, zone, locale }: { record: AuditRecord; zone: string; locale: string }) => {
  const { title, details, isWarning, userAgent } = describeAct(record)
  const { time, client_address: address } = record
  // What an operator or a timer did came from no device of the person.
  const place = [address, userAgent === undefined || (!userAgent && !address) ? undefined : describeClient(userAgent)]
  return (
    <li className="flex flex-wrap justify-between gap-x-4 gap-y-1 px-5 py-3">
      <span className="min-w-0">
        <span className={`block font-medium ${isWarning ? 'text-danger' : ''}`}>{title}</span>
        {details && <span className="block text-sm wrap-anywhere">{details}</span>}
        <span className="block text-sm wrap-anywhere text-muted">{place.filter(Boolean).join(' · ')}</span>
      </span>
      <time
        dateTime={time}
        title={new Date(time).toLocaleString(locale, { timeZone: zone })}
        className="shrink-0 text-sm text-muted"
      >
        {writeAgo(time, zone, locale)}
      </time>
    </li>
  )
}
