import { bodyOf, publicApi } from '../api/send.ts'
import { AccountForm } from './account-form.tsx'
import { AccountPage } from './account-page.tsx'
import { ProviderButtons } from './provider-buttons.tsx'

/** Time zone and language are those of the browser; the settings change them. */
export const SignUpPage = () => (
  <AccountPage title="Sign up" other={{ text: 'You have an account?', link: 'Sign in', to: '/login' }}>
    <AccountForm
      submit="Create account"
      sign={({ name, email, password }) => {
        const time_zone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'
        const body = { name, email, password, time_zone, locale: navigator.language || 'en' }
        return bodyOf(publicApi.POST('/auth/signup', { body }))
      }}
      inputs={[
        { name: 'name', label: 'Name', type: 'text', autoComplete: 'name' },
        { name: 'email', label: 'E-mail', type: 'email', autoComplete: 'email' },
        {
          name: 'password',
          label: 'Password',
          type: 'password',
          autoComplete: 'new-password',
          hint: 'At least 8 characters',
        },
      ]}
    />
    <ProviderButtons />
  </AccountPage>
)
