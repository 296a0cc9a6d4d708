import { Link } from '@tanstack/react-router'
import { bodyOf, publicApi } from '../api/send.ts'
import { AccountForm } from './account-form.tsx'
import { AccountPage } from './account-page.tsx'
import { PasskeyButton } from './passkey-button.tsx'
import { ProviderButtons } from './provider-buttons.tsx'

export const SignInPage = () => (
  <AccountPage title="Sign in" other={{ text: 'No account yet?', link: 'Sign up', to: '/signup' }}>
    <AccountForm
      sign={({ email, password, code }) =>
        bodyOf(publicApi.POST('/auth/login', { body: { email, password, ...(code && { code: code.trim() }) } }))
      }
      submit="Sign in"
      inputs={[
        { name: 'email', label: 'E-mail', type: 'email', autoComplete: 'email' },
        { name: 'password', label: 'Password', type: 'password', autoComplete: 'current-password' },
        {
          name: 'code',
          label: 'Code of your authenticator app',
          type: 'text',
          autoComplete: 'one-time-code',
          hint: 'or a recovery code',
          isOnRequest: true,
        },
      ]}
    />
    <PasskeyButton />
    <ProviderButtons />
    <Link to="/forgot-password" className="text-sm font-medium text-accent underline underline-offset-4">
      Forgot your password?
    </Link>
  </AccountPage>
)
