import type { AccessControl, BaseDeps, Loop } from '@taskflow/service-kit'
import { z } from 'zod'
import type { HttpDeps } from '../http/deps.ts'
import { type AccessTokens, createAccessTokens } from './access-tokens.ts'
import type { Allowance } from './attempts.ts'
import { type AppTokens, type Authentication, createAuthentication } from './authentication.ts'
import { createKnownDevices, type KnownDevices } from './known-devices.ts'
import { createResetAnswers } from './mail/answer-reset-requests.ts'
import { type AccountMail, accountMailSettings, createAccountMail } from './mail/deps.ts'
import { networkOf } from './network-of.ts'
import { createProviderClient } from './openid/provider-client.ts'
import { createProviders, type OpenidProviders } from './openid/providers.ts'
import { openidSettings } from './openid/settings.ts'
import { type RelyingParty, relyingPartyOf } from './passkeys/passkeys.ts'
import { type CheckPassword, createPasswordCheck } from './password-check.ts'
import { createArgon2Passwords, type Passwords } from './passwords.ts'
import { recordAdminUse } from './record-admin-use.ts'
import { createRequestRate } from './request-rate.ts'
import { createSecretBox, type SecretBox } from './second-factor/second-factor.ts'
import { refreshTokenPrefix, successorOf } from './secret-tokens.ts'

/** 0: no limit. */
const limit = z.coerce.number().int().min(0)

export const accountSettings = {
  /** Signs access tokens. */
  TOKEN_SECRET: z.string().min(32, 'must be a secret of at least 32 characters'),
  /** Encrypts the secrets of authenticator apps. It must not change: those secrets could not be read any more. */
  ACCOUNT_KEY: z.string().min(32, 'must be a secret of at least 32 characters'),
  /** How many proxies are in front of this service and add their client to X-Forwarded-For. */
  TRUST_PROXY: z.coerce.number().int().min(0).default(0),
  /** Failed logins of an account from one network, of all accounts from it, and of an account from everywhere. */
  LOGIN_FAILURES_ALLOWED: limit.default(10),
  LOGIN_FAILURES_ALLOWED_PER_ADDRESS: limit.default(50),
  LOGIN_FAILURES_ALLOWED_PER_ACCOUNT: limit.default(100),
  LOGIN_FAILURES_WINDOW_SECONDS: z.coerce.number().int().min(1).default(900),
  /** Logins of an account, and from a network address, successful ones too. */
  LOGINS_PER_HOUR: limit.default(120),
  LOGINS_PER_HOUR_PER_ADDRESS: limit.default(3_000),
  /** Sign-ups from a network address. */
  SIGNUPS_PER_HOUR: limit.default(1_000),
  /** Sign-ups from everywhere. */
  SIGNUPS_PER_HOUR_IN_ALL: limit.default(10_000),
  /** Requests of one user; a bulk of 100 counts as 100. */
  API_REQUESTS_PER_MINUTE: limit.default(6_000),
  /** Requests from one network address without a user: to public endpoints, or with a token that is not valid. */
  ANONYMOUS_REQUESTS_PER_MINUTE: limit.default(1_200),
  ...openidSettings,
  ...accountMailSettings,
}

export interface AccountDeps extends HttpDeps {
  passwords: Passwords
  checkPassword: CheckPassword
  accessTokens: AccessTokens
  appTokens: AppTokens
  authentication: Authentication
  knownDevices: KnownDevices
  secretBox: SecretBox
  relyingParty: RelyingParty
  /** Where people may sign in with an account from elsewhere. */
  openid: OpenidProviders
  /** The refresh token that follows one. */
  nextRefreshToken: (token: string) => string
  signupsPerAddress: Allowance
  signupsInAll: Allowance
  accountMail: AccountMail
  /** Answers requests for a new password; woken when one comes. */
  resetAnswers: Loop
}

type OwnDeps = Pick<AccountDeps, Exclude<keyof AccountDeps, keyof BaseDeps | 'publicUrl' | 'appTokens'>>
type Config = z.infer<z.ZodObject<typeof accountSettings>> & { PUBLIC_URL: string; LINK_SECRET: string }

export const createAccountDeps = (
  config: Config,
  base: BaseDeps & Pick<AccountDeps, 'appTokens'>,
  overrides: Partial<OwnDeps>,
): OwnDeps => {
  const { db, clock, appTokens } = base
  const passwords = overrides.passwords ?? createArgon2Passwords()
  const accessTokens =
    overrides.accessTokens ?? createAccessTokens({ secret: config.TOKEN_SECRET, issuer: config.PUBLIC_URL, clock })
  const authentication = overrides.authentication ?? createAuthentication({ db, clock, accessTokens, appTokens })
  const windowSeconds = config.LOGIN_FAILURES_WINDOW_SECONDS
  const ofUser = createRequestRate(base, { name: 'requests', perMinute: config.API_REQUESTS_PER_MINUTE })
  const ofNetwork = createRequestRate(base, { name: 'anonymous', perMinute: config.ANONYMOUS_REQUESTS_PER_MINUTE })
  const accessControl: AccessControl = {
    authenticate: authentication.authenticate,
    countRequest: ({ user_id }, cost) => ofUser(user_id, cost),
    countAnonymous: (address) => ofNetwork(networkOf(address)),
    recordAdminUse: recordAdminUse(base),
    trustedProxies: config.TRUST_PROXY,
  }
  const checkPassword = createPasswordCheck(
    { db, clock, passwords },
    {
      failuresPerAccount: { name: 'login-account', allowed: config.LOGIN_FAILURES_ALLOWED, windowSeconds },
      failuresPerAddress: { name: 'login-address', allowed: config.LOGIN_FAILURES_ALLOWED_PER_ADDRESS, windowSeconds },
      failuresFromAnywhere: { name: 'guesses', allowed: config.LOGIN_FAILURES_ALLOWED_PER_ACCOUNT, windowSeconds },
      loginsPerAccount: { name: 'logins', allowed: config.LOGINS_PER_HOUR, windowSeconds: 3_600 },
      loginsPerAddress: {
        name: 'logins-address',
        allowed: config.LOGINS_PER_HOUR_PER_ADDRESS,
        windowSeconds: 3_600,
      },
    },
  )
  const { TOKEN_SECRET: secret, PUBLIC_URL: issuer } = config
  const accountMail = overrides.accountMail ?? createAccountMail(config, base)
  const providerOptions = { publicUrl: issuer, accountKey: config.ACCOUNT_KEY, clock }
  const clients = () => config.OPENID_PROVIDERS.map((each) => createProviderClient(each, providerOptions))
  return {
    passwords,
    accessTokens,
    authentication,
    checkPassword: overrides.checkPassword ?? checkPassword,
    knownDevices: overrides.knownDevices ?? createKnownDevices({ secret, issuer, clock }),
    relyingParty: overrides.relyingParty ?? relyingPartyOf(issuer),
    openid: overrides.openid ?? createProviders(clients()),
    secretBox: overrides.secretBox ?? createSecretBox(config.ACCOUNT_KEY),
    nextRefreshToken: (token) => successorOf(refreshTokenPrefix, token, secret),
    signupsPerAddress: { name: 'signup', allowed: config.SIGNUPS_PER_HOUR, windowSeconds: 3_600 },
    signupsInAll: { name: 'signups', allowed: config.SIGNUPS_PER_HOUR_IN_ALL, windowSeconds: 3_600 },
    accountMail,
    resetAnswers: overrides.resetAnswers ?? createResetAnswers(base, accountMail),
    accessControl: overrides.accessControl ?? accessControl,
  }
}
