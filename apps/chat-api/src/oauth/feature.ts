import type { Feature } from '../http/feature.ts'
import type { OauthDeps } from './deps.ts'
import { decideConsent } from './endpoints/decide-consent.ts'
import { disconnectApp } from './endpoints/disconnect-app.ts'
import { listApps } from './endpoints/list-apps.ts'
import { showConsent } from './endpoints/show-consent.ts'

/** What a person sees of the authorization server: the requests of apps, and the apps that are connected. */
export const oauth = (deps: OauthDeps): Feature => ({
  endpoints: [showConsent(deps), decideConsent(deps), listApps(deps), disconnectApp(deps)],
})
