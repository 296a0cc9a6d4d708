import { useParams, useRouter } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { ApiProblem, describeError } from '../api/problems.ts'
import { say } from '../components/toasts.tsx'
import { AccountForm } from './account-form.tsx'
import { AccountPage } from './account-page.tsx'
import { linkWith, readErrand, signInWith } from './openid.ts'
import { keepSignedIn } from './session.ts'

/** Where a provider sends people back to: finishes what this tab went there for. */
export const ProviderReturnPage = () => {
  const { provider = '' } = useParams({ strict: false })
  const { history } = useRouter()
  const [response] = useState(() => window.location.search.slice(1))
  const [{ to, from }] = useState(readErrand)
  const [error, setError] = useState<unknown>()
  const isBegun = useRef(false)

  useEffect(() => {
    // A response is of use once.
    if (isBegun.current) return
    isBegun.current = true
    // Out of the address, where it would stay in the browser's history.
    window.history.replaceState(window.history.state, '', window.location.pathname)
    const finish = async () => {
      if (to === 'link') {
        await linkWith(provider, response)
        say('Linked')
      } else keepSignedIn(await signInWith(provider, response))
      history.replace(from)
    }
    finish().catch(setError)
  }, [provider, response, to, from, history])

  const other =
    to === 'link'
      ? ({ text: 'Back to the', link: 'settings', to: '/settings' } as const)
      : ({ text: 'Another way?', link: 'Sign in', to: '/login' } as const)
  if (error instanceof ApiProblem && error.fields.code !== undefined) {
    return (
      <AccountPage title="Sign in" other={other}>
        <AccountForm
          submit="Sign in"
          goTo={from}
          sign={({ code }) => signInWith(provider, response, code)}
          inputs={[
            {
              name: 'code',
              label: 'Code of your authenticator app',
              type: 'text',
              autoComplete: 'one-time-code',
              hint: 'or a recovery code',
            },
          ]}
        />
      </AccountPage>
    )
  }
  return (
    <AccountPage title={to === 'link' ? 'Link an account' : 'Sign in'} other={other}>
      {error === undefined ? (
        <p role="status">One moment …</p>
      ) : (
        <p role="alert" className="text-danger">
          {describeError(error)}
        </p>
      )}
    </AccountPage>
  )
}
