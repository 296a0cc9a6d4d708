import { useQuery } from '@tanstack/react-query'
import { useAccount } from '../account/use-account.ts'
import { api } from '../api/api.ts'
import type { Page } from '../api/types.ts'
import { writeAgo } from '../time/format.ts'

/** The parts of a notification that are shown (GET /notifications). */
interface Notification {
  reminder_id: string
  channel: string
  fired_for: string
  title: string
  state: 'pending' | 'sent' | 'failed' | 'suppressed'
  reason: string | null
  created_at: string
}

const states = { pending: 'waits', sent: 'sent', failed: 'failed', suppressed: 'not sent' }

/** What was sent lately, and why something was not. */
export const NotificationList = () => {
  const { time_zone: zone, locale } = useAccount()
  const { data } = useQuery({
    queryKey: ['notifications'],
    queryFn: ({ signal }) => api.get<Page<Notification>>('/notifications?limit=10', { signal }),
    retry: false,
  })
  if (!data || data.data.length === 0) return null
  return (
    <div className="border-t border-line pt-4">
      <h3 className="pb-2 font-semibold">Lately</h3>
      <ul className="flex flex-col gap-1.5 text-sm">
        {data.data.map(({ reminder_id, channel, fired_for, title, state, reason, created_at }) => (
          <li key={`${reminder_id} ${channel} ${fired_for}`} className="flex justify-between gap-4">
            <span className="min-w-0">
              <span className="block truncate">{title}</span>
              <span className={`block ${state === 'failed' ? 'text-danger' : 'text-muted'}`}>
                {channel === 'email' ? 'E-mail' : 'Webhook'} {states[state]}
                {reason ? `: ${reason}` : ''}
              </span>
            </span>
            <time dateTime={created_at} className="shrink-0 text-muted">
              {writeAgo(created_at, zone, locale)}
            </time>
          </li>
        ))}
      </ul>
    </div>
  )
}
