import { Link } from '@tanstack/react-router'
import { signOut } from '../account/session.ts'
import { Button } from '../components/button.tsx'
import { Page } from '../components/page.tsx'
import { AccountSection } from './account-section.tsx'
import { ApiTokensSection } from './api-tokens-section.tsx'
import { AppearanceSection } from './appearance-section.tsx'
import { AppsSection } from './apps-section.tsx'
import { CalendarFeedSection } from './calendar-feed-section.tsx'
import { DataSection } from './data-section.tsx'
import { DeleteAccountSection } from './delete-account-section.tsx'
import { EmailSection } from './email-section.tsx'
import { LabelsSection } from './labels-section.tsx'
import { LinkedAccountsSection } from './linked-accounts-section.tsx'
import { NotificationsSection } from './notifications-section.tsx'
import { PasskeysSection } from './passkeys-section.tsx'
import { PasswordSection } from './password-section.tsx'
import { SecondFactorSection } from './second-factor-section.tsx'
import { SessionsSection } from './sessions-section.tsx'
import { WebhookSection } from './webhook-section.tsx'

export const SettingsPage = () => (
  <Page
    title="Settings"
    actions={
      <span className="flex items-center gap-4">
        <Link to="/settings/activity" className="text-sm font-medium text-accent underline-offset-4 hover:underline">
          Account activity
        </Link>
        <Button onClick={() => void signOut()}>Sign out</Button>
      </span>
    }
  >
    <AccountSection />
    <AppearanceSection />
    <NotificationsSection />
    <WebhookSection />
    <LabelsSection />
    <CalendarFeedSection />
    <DataSection />
    <AppsSection />
    <ApiTokensSection />
    <SessionsSection />
    <EmailSection />
    <PasswordSection />
    <PasskeysSection />
    <LinkedAccountsSection />
    <SecondFactorSection />
    <DeleteAccountSection />
  </Page>
)
