import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { queryClient } from '../api/query-client.ts'
import { bodyOf, publicApi } from '../api/send.ts'
import { AccountPage } from './account-page.tsx'
import { ownAccountKey } from './own-account.ts'
import { readSession } from './session.ts'
import { SubmitPart } from './submit-part.tsx'
import { useMailToken } from './use-mail-token.ts'
import { useSubmit } from './use-submit.ts'

/** Where the link of a mail leads that proves an address. Only the button acts: scanners of mail open links too. */
export const ConfirmEmailPage = () => {
  const token = useMailToken()
  const [confirmed, setConfirmed] = useState<string>()
  const { onSubmit, ...rest } = useSubmit([], async () => {
    const { email } = await bodyOf(publicApi.POST('/auth/confirm-email', { body: { token: token ?? '' } }))
    setConfirmed(email)
    void queryClient.invalidateQueries({ queryKey: ownAccountKey })
  })
  const isSignedIn = readSession()?.user.email === confirmed
  if (confirmed !== undefined) {
    return (
      <AccountPage
        title="Your address is confirmed"
        other={{ text: isSignedIn ? '' : 'Sign in with it:', link: isSignedIn ? 'Go on' : 'sign in', to: '/login' }}
      >
        <p role="status">
          Mail to <span className="font-medium break-all">{confirmed}</span> reaches you from now on.
        </p>
      </AccountPage>
    )
  }
  return (
    <AccountPage title="Confirm your address" other={{ text: 'Not now?', link: 'Sign in', to: '/login' }}>
      {token === null ? (
        <p role="status">
          This link is not complete. Follow it from the mail again, or ask for another mail in the{' '}
          <Link to="/settings" className="font-medium text-accent underline underline-offset-4">
            settings
          </Link>
          .
        </p>
      ) : (
        <form onSubmit={onSubmit} className="flex flex-col gap-4">
          <p>Confirm only if it was you who asked for this mail.</p>
          <SubmitPart
            {...rest}
            message={rest.fields.token ? `This link ${rest.fields.token}.` : rest.message}
            submit="Confirm"
          />
        </form>
      )}
    </AccountPage>
  )
}
