import type { FormEvent } from 'react'
import { useOwnAccount } from '../account/own-account.ts'
import { useAccount } from '../account/use-account.ts'
import { api } from '../api/api.ts'
import { Button } from '../components/button.tsx'
import { Field } from '../components/field.tsx'
import { Section } from './section.tsx'
import { useSave } from './use-save.ts'

const inputs = [
  { name: 'email', label: 'New address', type: 'email', autoComplete: 'email' },
  { name: 'password', label: 'Current password', type: 'password', autoComplete: 'current-password' },
] as const

/** Another address: a link is mailed to it, and it is used once the link is followed. */
export const EmailSection = () => {
  const { email } = useAccount()
  const hasPassword = useOwnAccount()?.has_password !== false
  const { save, fields, isSaving } = useSave()
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const given = new FormData(form)
    const email = String(given.get('email'))
    const body = hasPassword ? { email, password: String(given.get('password')) } : { email }
    const ask = () => api.POST('/auth/change-email', { body })
    if (await save(ask, `Follow the link that was mailed to ${body.email}`)) form.reset()
  }
  const shown = inputs.filter(({ name }) => hasPassword || name !== 'password')
  return (
    <Section title="E-mail address" about={`Now ${email}. A new one is used once you follow the link we mail to it`}>
      <form onSubmit={submit} className="grid items-start gap-4 sm:grid-cols-2">
        {shown.map(({ name, label, ...input }) => (
          <Field key={name} label={label} error={fields[name]}>
            {(attributes) => <input {...attributes} {...input} name={name} required className="field" />}
          </Field>
        ))}
        <div className="flex justify-end sm:col-span-2">
          <Button type="submit" disabled={isSaving}>
            Change address
          </Button>
        </div>
      </form>
    </Section>
  )
}
