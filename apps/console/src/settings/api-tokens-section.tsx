import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useAccount } from '../account/use-account.ts'
import { api, bodyOf } from '../api/api.ts'
import type { ApiToken } from '../api/openapi.d.ts'
import { queryClient } from '../api/query-client.ts'
import { Button } from '../components/button.tsx'
import { Field } from '../components/field.tsx'
import { writeAgo, writeMoment } from '../time/format.ts'
import { PasswordField } from './password-field.tsx'
import { Secret } from './secret.tsx'
import { Section } from './section.tsx'
import { useSave } from './use-save.ts'

const scopes: [ApiToken['scopes'][number], string][] = [
  ['tasks:read', 'read tasks'],
  ['tasks:write', 'change tasks'],
  ['account:read', 'read the account'],
  ['account:write', 'change the account'],
]

/** Tokens for programs, each with what it may do. */
export const ApiTokensSection = () => {
  const { time_zone: zone, locale } = useAccount()
  const { data } = useQuery({
    queryKey: ['api-tokens'],
    queryFn: ({ signal }) => bodyOf(api.GET('/auth/tokens', { signal })),
  })
  const { save, fields, isSaving } = useSave()
  const [made, setMade] = useState<string>()
  const again = () => void queryClient.invalidateQueries({ queryKey: ['api-tokens'] })
  const writeExpiry = (expires_at: string | null) =>
    expires_at === null ? 'does not expire' : `expires ${writeMoment(expires_at, zone, locale)}`
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const given = new FormData(form)
    const allowed = given.getAll('scopes')
    const password = given.get('password')
    const body = {
      ...(typeof password === 'string' && password !== '' && { password }),
      name: String(given.get('name')),
      scopes: scopes.map(([scope]) => scope).filter((scope) => allowed.includes(scope)),
    }
    const accepted = await save(async () => setMade((await bodyOf(api.POST('/auth/tokens', { body }))).token), 'Made')
    if (accepted) form.reset()
    again()
  }
  const remove = async (id: string) => {
    await save(() => api.DELETE('/auth/tokens/{id}', { params: { path: { id } } }), 'Taken back')
    again()
  }
  return (
    <Section title="API tokens" about="For programs that act for you; the interface is described at /docs">
      {data && data.data.length > 0 && (
        <ul className="flex flex-col gap-2">
          {data.data.map(({ id, name, scopes: allowed, expires_at, last_used_at }) => (
            <li key={id} className="flex items-center gap-3">
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{name}</span>
                <span className="block text-sm text-muted">
                  {allowed.join(', ')}; {writeExpiry(expires_at)};{' '}
                  {last_used_at ? `used ${writeAgo(last_used_at, zone, locale)}` : 'never used'}
                </span>
              </span>
              <Button look="quiet" onClick={() => void remove(id)}>
                Take back
              </Button>
            </li>
          ))}
        </ul>
      )}
      {made !== undefined && <Secret label="The new token." value={made} />}
      <form onSubmit={submit} className="flex flex-col gap-3">
        <Field label="Name of a new token" error={fields.name ?? fields.scopes}>
          {(attributes) => <input {...attributes} name="name" required maxLength={100} className="field max-w-sm" />}
        </Field>
        <fieldset className="flex flex-wrap gap-x-5 gap-y-2">
          <legend className="pb-1 text-sm font-medium">It may</legend>
          {scopes.map(([scope, text]) => (
            <label key={scope} className="flex min-h-6 items-center gap-2 text-sm">
              <input
                type="checkbox"
                name="scopes"
                value={scope}
                defaultChecked={scope === 'tasks:read'}
                className="size-4 accent-accent"
              />
              {text}
            </label>
          ))}
        </fieldset>
        {fields.password !== undefined && <PasswordField error={fields.password} className="field max-w-sm" />}
        <div>
          <Button type="submit" disabled={isSaving}>
            Make a token
          </Button>
        </div>
      </form>
    </Section>
  )
}
