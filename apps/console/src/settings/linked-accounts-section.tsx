import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { linkAt, useProviders } from '../account/openid.ts'
import { useAccount } from '../account/use-account.ts'
import { api, bodyOf } from '../api/api.ts'
import { ApiProblem, describeError } from '../api/problems.ts'
import { queryClient } from '../api/query-client.ts'
import { Button } from '../components/button.tsx'
import { say } from '../components/toasts.tsx'
import { writeAgo } from '../time/format.ts'
import { PasswordField } from './password-field.tsx'
import { Section } from './section.tsx'

const queryKey = ['openid-links']

/** Accounts elsewhere that sign the person in. Nothing when no provider is configured and none is linked. */
export const LinkedAccountsSection = () => {
  const { time_zone: zone, locale } = useAccount()
  const providers = useProviders()
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) => bodyOf(api.GET('/auth/openid/links', { signal })),
  })
  const [error, setError] = useState<unknown>()
  /** What waits for the password. */
  const [asking, setAsking] = useState<{ go: (password: string) => Promise<void> }>()
  const [isBusy, setBusy] = useState(false)

  // Not sent again by itself when a provider is away: the person decides.
  const act = async (work: () => Promise<unknown>) => {
    setBusy(true)
    setError(undefined)
    try {
      await work()
      setAsking(undefined)
    } catch (problem) {
      setError(problem)
      return problem
    } finally {
      setBusy(false)
    }
    return undefined
  }
  const link = async (id: string, password?: string) => {
    const problem = await act(() => linkAt(id, password))
    if (problem instanceof ApiProblem && problem.fields.password) setAsking({ go: (given) => link(id, given) })
  }
  const unlink = async (id: string, password?: string) => {
    const body = password === undefined ? {} : { password }
    const problem = await act(async () => {
      await api.DELETE('/auth/openid/links/{id}', { params: { path: { id } }, body })
      say('Unlinked')
    })
    if (problem instanceof ApiProblem && problem.fields.password) setAsking({ go: (given) => unlink(id, given) })
    void queryClient.invalidateQueries({ queryKey })
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    void asking!.go(String(new FormData(event.currentTarget).get('password')))
  }

  const links = data?.data ?? []
  if (providers.length === 0 && links.length === 0) return null
  const passwordError = error instanceof ApiProblem ? error.fields.password : undefined
  return (
    <Section title="Linked accounts" about="Accounts elsewhere that sign you in here">
      {data && links.length === 0 && <p className="text-sm text-muted">No account is linked.</p>}
      {links.length > 0 && (
        <ul className="flex flex-col gap-2">
          {links.map(({ id, name, email, last_used_at }) => (
            <li key={id} className="flex items-center gap-3">
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{name}</span>
                <span className="block truncate text-sm text-muted">
                  {email && `${email}; `}
                  {last_used_at ? `used ${writeAgo(last_used_at, zone, locale)}` : 'not used since it was linked'}
                </span>
              </span>
              <Button
                look="quiet"
                aria-label={`Unlink ${name} ${email ?? ''}`}
                disabled={isBusy}
                onClick={() => void unlink(id)}
              >
                Unlink
              </Button>
            </li>
          ))}
        </ul>
      )}
      {error !== undefined && passwordError === undefined && (
        <p role="alert" className="text-sm text-danger">
          {describeError(error)}
        </p>
      )}
      {asking === undefined ? (
        <div className="flex flex-wrap gap-2">
          {providers.map(({ id, name }) => (
            <Button key={id} disabled={isBusy} onClick={() => void link(id)}>
              Link {name}
            </Button>
          ))}
        </div>
      ) : (
        <form onSubmit={submit} className="flex flex-wrap items-end gap-3">
          <PasswordField error={passwordError} className="field max-w-56" />
          <Button type="submit" disabled={isBusy}>
            Continue
          </Button>
        </form>
      )}
    </Section>
  )
}
