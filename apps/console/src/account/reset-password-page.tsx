import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { ApiProblem } from '../api/problems.ts'
import { publicApi } from '../api/send.ts'
import { Field } from '../components/field.tsx'
import { AccountPage } from './account-page.tsx'
import { SubmitPart } from './submit-part.tsx'
import { useMailToken } from './use-mail-token.ts'
import { useSubmit } from './use-submit.ts'

const also = [
  { name: 'api_tokens', label: 'End all API tokens' },
  { name: 'apps', label: 'Disconnect all apps' },
  { name: 'calendar_feed', label: 'Stop the calendar feed' },
  { name: 'linked_accounts', label: 'Unlink all accounts elsewhere' },
] as const

const other = { text: 'You know it again?', link: 'Sign in', to: '/login' } as const

/** Where the link of a mail leads to whoever forgot the password. */
export const ResetPasswordPage = () => {
  const token = useMailToken()
  const [state, setState] = useState<'form' | 'done' | 'unusable'>(token === null ? 'unusable' : 'form')
  const { onSubmit, fields, ...rest } = useSubmit(['new_password'], async (given) => {
    const also_revoke = also.map(({ name }) => name).filter((name) => given.has(name))
    const body = { token: token!, new_password: String(given.get('new_password')), also_revoke }
    try {
      await publicApi.POST('/auth/reset-password', { body })
      setState('done')
    } catch (error) {
      if (!(error instanceof ApiProblem) || !error.fields.token) throw error
      setState('unusable')
    }
  })
  if (state === 'unusable') {
    return (
      <AccountPage title="This link no longer works" other={other}>
        <p role="status">
          Each works once, for an hour, and a new password ends it.{' '}
          <Link to="/forgot-password" className="font-medium text-accent underline underline-offset-4">
            Ask for another mail
          </Link>
        </p>
      </AccountPage>
    )
  }
  if (state === 'done') {
    return (
      <AccountPage title="Your new password is set" other={{ text: 'Now', link: 'sign in', to: '/login' }}>
        <p role="status">You are signed out everywhere.</p>
      </AccountPage>
    )
  }
  return (
    <AccountPage title="Set a new password" other={other}>
      <form onSubmit={onSubmit} className="flex flex-col gap-4">
        <Field label="New password" hint="At least 8 characters" error={fields.new_password}>
          {(attributes) => (
            <input
              {...attributes}
              type="password"
              name="new_password"
              autoComplete="new-password"
              required
              className="field min-h-11"
            />
          )}
        </Field>
        <fieldset className="flex flex-col gap-2">
          <legend className="pb-1 text-sm text-muted">It signs you out everywhere. Also:</legend>
          {also.map(({ name, label }) => (
            <label key={name} className="flex min-h-9 items-center gap-2 text-sm">
              <input
                type="checkbox"
                name={name}
                defaultChecked={name !== 'linked_accounts'}
                className="size-5 accent-accent"
              />
              {label}
            </label>
          ))}
        </fieldset>
        <SubmitPart {...rest} submit="Set the password" />
      </form>
    </AccountPage>
  )
}
