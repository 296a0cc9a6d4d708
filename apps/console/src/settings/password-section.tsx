import type { FormEvent } from 'react'
import { useOwnAccount } from '../account/own-account.ts'
import { api } from '../api/api.ts'
import { Button } from '../components/button.tsx'
import { Field } from '../components/field.tsx'
import { Section } from './section.tsx'
import { useSave } from './use-save.ts'

const inputs = [
  { name: 'current_password', label: 'Password now', autoComplete: 'current-password' },
  { name: 'new_password', label: 'New password', autoComplete: 'new-password' },
] as const

const others = [
  ['api_tokens', 'Take back all API tokens too'],
  ['apps', 'Disconnect all apps too'],
  ['calendar_feed', 'Take back the calendar feed too'],
  ['linked_accounts', 'Unlink all accounts elsewhere too'],
] as const

export const PasswordSection = () => {
  const account = useOwnAccount()
  const { save, fields, isSaving } = useSave()
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const given = new FormData(form)
    const [current_password, new_password] = inputs.map(({ name }) => String(given.get(name)))
    const also_revoke = others.map(([name]) => name).filter((name) => given.getAll('also_revoke').includes(name))
    const body = { current_password: current_password!, new_password: new_password!, also_revoke }
    const change = () => api.POST('/auth/change-password', { body })
    if (await save(change, 'Changed; other devices are signed out')) form.reset()
  }
  if (account?.has_password === false) return <FirstPassword email={account.email} />
  return (
    <Section title="Password" about="A new one signs you out everywhere else">
      <form onSubmit={submit} className="grid items-start gap-4 sm:grid-cols-2">
        {inputs.map(({ name, label, autoComplete }) => (
          <Field key={name} label={label} error={fields[name]}>
            {(attributes) => (
              <input
                {...attributes}
                type="password"
                name={name}
                autoComplete={autoComplete}
                required
                className="field"
              />
            )}
          </Field>
        ))}
        {others.map(([name, label]) => (
          <label key={name} className="flex min-h-6 items-center gap-2 text-sm">
            <input type="checkbox" name="also_revoke" value={name} className="size-4 accent-accent" />
            {label}
          </label>
        ))}
        <div className="flex justify-end sm:col-span-2">
          <Button type="submit" disabled={isSaving}>
            Change password
          </Button>
        </div>
      </form>
    </Section>
  )
}

/** For whoever signs in with an account elsewhere: a password is set by a mail, as a forgotten one. */
const FirstPassword = ({ email }: { email: string }) => {
  const { save, isSaving } = useSave()
  const send = () => api.POST('/auth/forgot-password', { body: { email } })
  return (
    <Section title="Password" about="You have none. With one, you can sign in without your linked account too">
      <div>
        <Button disabled={isSaving} onClick={() => void save(send, `A link was mailed to ${email}`)}>
          Mail me a link to set one
        </Button>
      </div>
    </Section>
  )
}
