import { useQuery } from '@tanstack/react-query'
import { useAccount } from '../account/use-account.ts'
import { api, bodyOf } from '../api/api.ts'
import { writeAgo } from '../time/format.ts'

const states = { pending: 'waits', held: 'held', sent: 'sent', failed: 'failed', suppressed: 'not sent' }

/** What was sent lately, and why something was not. */
export const NotificationList = () => {
  const { time_zone: zone, locale } = useAccount()
  const { data } = useQuery({
    queryKey: ['notifications'],
    queryFn: ({ signal }) => bodyOf(api.GET('/notifications', { params: { query: { limit: 10 } }, signal })),
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
