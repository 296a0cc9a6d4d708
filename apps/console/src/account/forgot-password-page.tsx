import { useState } from 'react'
import { publicApi } from '../api/send.ts'
import { Field } from '../components/field.tsx'
import { AccountPage } from './account-page.tsx'
import { SubmitPart } from './submit-part.tsx'
import { useSubmit } from './use-submit.ts'

/** Says the same whether or not the address has an account. */
export const ForgotPasswordPage = () => {
  const [sentTo, setSentTo] = useState<string>()
  const { onSubmit, fields, ...rest } = useSubmit(['email'], async (given) => {
    const email = String(given.get('email'))
    await publicApi.POST('/auth/forgot-password', { body: { email } })
    setSentTo(email)
  })
  return (
    <AccountPage title="Forgot your password?" other={{ text: 'You know it again?', link: 'Sign in', to: '/login' }}>
      {sentTo === undefined ? (
        <form onSubmit={onSubmit} className="flex flex-col gap-4">
          <Field label="E-mail" hint="We mail you a link to set a new one" error={fields.email}>
            {(attributes) => (
              <input
                {...attributes}
                type="email"
                name="email"
                autoComplete="email"
                required
                className="field min-h-11"
              />
            )}
          </Field>
          <SubmitPart {...rest} submit="Mail me a link" />
        </form>
      ) : (
        <p role="status">
          If <span className="font-medium break-all">{sentTo}</span> has an account, a mail is on its way. Its link
          works for an hour. Nothing there? Look into the spam folder.
        </p>
      )}
    </AccountPage>
  )
}
