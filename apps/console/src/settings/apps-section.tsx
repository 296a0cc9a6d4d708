import { useQuery } from '@tanstack/react-query'
import { useAccount } from '../account/use-account.ts'
import { api, bodyOf } from '../api/api.ts'
import { queryClient } from '../api/query-client.ts'
import { Button } from '../components/button.tsx'
import { writeAgo } from '../time/format.ts'
import { Section } from './section.tsx'
import { useSave } from './use-save.ts'

/** Apps that act for the person, each with what it may do. */
export const AppsSection = () => {
  const { time_zone: zone, locale } = useAccount()
  const { data } = useQuery({
    queryKey: ['apps'],
    queryFn: ({ signal }) => bodyOf(api.GET('/auth/apps', { signal })),
  })
  const { save, isSaving } = useSave()
  const disconnect = async (id: string) => {
    await save(() => api.DELETE('/auth/apps/{id}', { params: { path: { id } } }), 'Disconnected')
    void queryClient.invalidateQueries({ queryKey: ['apps'] })
  }
  const address = `${window.location.origin}/mcp`
  return (
    <Section title="Connected apps" about={`Assistants connect by the address ${address} and ask you here`}>
      {data && data.data.length === 0 && <p className="text-sm text-muted">No app is connected.</p>}
      {data && data.data.length > 0 && (
        <ul className="flex flex-col gap-2">
          {data.data.map(({ id, name, host, scopes, last_used_at }) => (
            <li key={id} className="flex items-center gap-3">
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{name}</span>
                <span className="block truncate text-sm text-muted">
                  {host}; {scopes.includes('tasks:write') ? 'reads and changes tasks' : 'reads tasks'};{' '}
                  {last_used_at ? `used ${writeAgo(last_used_at, zone, locale)}` : 'never used'}
                </span>
              </span>
              <Button
                look="quiet"
                disabled={isSaving}
                aria-label={`Disconnect ${name}`}
                onClick={() => void disconnect(id)}
              >
                Disconnect
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
