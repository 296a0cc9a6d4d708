import { useQuery } from '@tanstack/react-query'
import { useAccount } from '../account/use-account.ts'
import { api, bodyOf } from '../api/api.ts'
import { queryClient } from '../api/query-client.ts'
import { Button } from '../components/button.tsx'
import { writeAgo } from '../time/format.ts'
import { Section } from './section.tsx'
import { useSave } from './use-save.ts'
import { writeDevice } from './write-device.ts'

const queryKey = ['sessions']

/** Where the person is signed in. */
export const SessionsSection = () => {
  const { time_zone: zone, locale } = useAccount()
  const { data, isError } = useQuery({
    queryKey,
    queryFn: ({ signal }) => bodyOf(api.GET('/auth/sessions', { signal })),
  })
  const { save, isSaving } = useSave()
  const end = async (request: () => Promise<unknown>) => {
    await save(request, 'Signed out there')
    void queryClient.invalidateQueries({ queryKey })
  }
  const sessions = data?.data ?? []
  return (
    <Section title="Where you are signed in" about="End what you do not recognise, then change your password">
      {isError && <p className="text-sm text-muted">The list could not be loaded.</p>}
      <ul className="flex flex-col gap-2">
        {sessions.map(({ id, current, user_agent, network, last_used_at }) => (
          <li key={id} className="flex items-center gap-3">
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{writeDevice(user_agent)}</span>
              <span className="block text-sm text-muted">
                {current ? 'this browser' : `used ${writeAgo(last_used_at, zone, locale)}`}
                {network !== null && ` from ${network}`}
              </span>
            </span>
            {!current && (
              <Button
                look="quiet"
                aria-label={`Sign out ${writeDevice(user_agent)}`}
                disabled={isSaving}
                onClick={() => void end(() => api.DELETE('/auth/sessions/{id}', { params: { path: { id } } }))}
              >
                Sign out
              </Button>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <div>
          <Button disabled={isSaving} onClick={() => void end(() => api.DELETE('/auth/sessions'))}>
            Sign out everywhere else
          </Button>
        </div>
      )}
    </Section>
  )
}
