import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { hasPasskeys, makePasskey } from '../account/passkey.ts'
import { useAccount } from '../account/use-account.ts'
import { api, bodyOf } from '../api/api.ts'
import { queryClient } from '../api/query-client.ts'
import { Button } from '../components/button.tsx'
import { Field } from '../components/field.tsx'
import { writeAgo } from '../time/format.ts'
import { PasswordField } from './password-field.tsx'
import { Section } from './section.tsx'
import { useSave } from './use-save.ts'

const queryKey = ['passkeys']

/** Passkeys, which sign the person in by finger, face or PIN. */
export const PasskeysSection = () => {
  const { time_zone: zone, locale } = useAccount()
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) => bodyOf(api.GET('/auth/passkeys', { signal })),
  })
  const { save, fields, isSaving } = useSave()
  /** The passkey that is being removed: the password may be asked for. */
  const [removing, setRemoving] = useState<{ id: string; name: string }>()
  const again = () => void queryClient.invalidateQueries({ queryKey })
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const given = new FormData(form)
    const password = String(given.get('password') ?? '')
    setRemoving(undefined)
    const add = async () => {
      const options = await bodyOf(api.POST('/auth/passkeys/options', { body: password ? { password } : {} }))
      const response = await makePasskey(options)
      await api.POST('/auth/passkeys', { body: { name: String(given.get('name')), response: response as never } })
    }
    if (await save(add, 'Added')) form.reset()
    again()
  }
  const remove = async (passkey: { id: string; name: string }, password?: string) => {
    setRemoving(passkey)
    const body = password === undefined ? {} : { password }
    const work = () => api.DELETE('/auth/passkeys/{id}', { params: { path: { id: passkey.id } }, body })
    if (await save(work, 'Removed')) setRemoving(undefined)
    again()
  }
  const confirmRemoval = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    void remove(removing!, String(new FormData(event.currentTarget).get('password')))
  }
  if (!hasPasskeys()) return null
  return (
    <Section title="Passkeys" about="Sign in by finger, face or PIN, without a password or code">
      {data && data.data.length > 0 && (
        <ul className="flex flex-col gap-2">
          {data.data.map(({ id, name, last_used_at }) => (
            <li key={id} className="flex items-center gap-3">
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{name}</span>
                <span className="block text-sm text-muted">
                  {last_used_at ? `used ${writeAgo(last_used_at, zone, locale)}` : 'never used'}
                </span>
              </span>
              <Button
                look="quiet"
                aria-label={`Remove the passkey ${name}`}
                disabled={isSaving}
                onClick={() => void remove({ id, name })}
              >
                Remove
              </Button>
            </li>
          ))}
        </ul>
      )}
      {removing && fields.password !== undefined && (
        <form onSubmit={confirmRemoval} className="flex flex-wrap items-end gap-3">
          <PasswordField error={fields.password} className="field max-w-56" />
          <Button type="submit" disabled={isSaving}>
            Remove {removing.name}
          </Button>
        </form>
      )}
      <form onSubmit={submit} className="flex flex-wrap items-end gap-3">
        <Field label="Name of a new passkey" hint="such as the device it is on" error={fields.name}>
          {(attributes) => <input {...attributes} name="name" required maxLength={100} className="field max-w-56" />}
        </Field>
        {!removing && fields.password !== undefined && (
          <PasswordField error={fields.password} className="field max-w-56" />
        )}
        <Button type="submit" disabled={isSaving}>
          Add a passkey
        </Button>
      </form>
    </Section>
  )
}
