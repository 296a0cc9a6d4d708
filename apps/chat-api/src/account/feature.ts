import type { Feature } from '../http/feature.ts'
import type { Forget } from './delete-account.ts'
import type { AccountDeps } from './deps.ts'
import { changeEmail } from './endpoints/change-email.ts'
import { changePassword } from './endpoints/change-password.ts'
import { confirmEmail } from './endpoints/confirm-email.ts'
import { createApiToken } from './endpoints/create-api-token.ts'
import { deleteApiToken } from './endpoints/delete-api-token.ts'
import { deleteMe } from './endpoints/delete-me.ts'
import { endOtherSessions } from './endpoints/end-other-sessions.ts'
import { endSession } from './endpoints/end-session.ts'
import { forgotPassword } from './endpoints/forgot-password.ts'
import { listApiTokens } from './endpoints/list-api-tokens.ts'
import { listSessions } from './endpoints/list-sessions.ts'
import { login } from './endpoints/login.ts'
import { logout } from './endpoints/logout.ts'
import { refresh } from './endpoints/refresh.ts'
import { resendConfirmation } from './endpoints/resend-confirmation.ts'
import { resetPassword } from './endpoints/reset-password.ts'
import { showMe } from './endpoints/show-me.ts'
import { signup } from './endpoints/signup.ts'
import { endSessionsOf, resumeAccount, suspendAccount } from './endpoints/suspend-account.ts'
import { updateMe } from './endpoints/update-me.ts'
import { createFailedSignInLoop } from './failed-sign-ins.ts'
import { createIdentityUpkeep } from './identity-upkeep.ts'
import { addOpenidLink } from './openid/endpoints/add-openid-link.ts'
import { beginOpenidLink } from './openid/endpoints/begin-openid-link.ts'
import { beginOpenidLogin } from './openid/endpoints/begin-openid-login.ts'
import { listOpenidLinks } from './openid/endpoints/list-openid-links.ts'
import { listProviders } from './openid/endpoints/list-providers.ts'
import { openidLogin } from './openid/endpoints/openid-login.ts'
import { removeOpenidLink } from './openid/endpoints/remove-openid-link.ts'
import * as passkeys from './passkeys/endpoints.ts'
import * as secondFactor from './second-factor/endpoints.ts'

/** Accounts, sessions and API tokens. `forget` deletes what the other features hold of a person. */
export const account = (deps: AccountDeps, forget: Forget): Feature => ({
  endpoints: [
    signup(deps),
    login(deps),
    refresh(deps),
    logout(deps),
    showMe(deps),
    updateMe(deps),
    deleteMe(deps, forget),
    changePassword(deps),
    confirmEmail(deps),
    resendConfirmation(deps),
    forgotPassword(deps),
    resetPassword(deps),
    changeEmail(deps),
    listSessions(deps),
    endSession(deps),
    endOtherSessions(deps),
    passkeys.listPasskeys(deps),
    passkeys.beginPasskey(deps),
    passkeys.addPasskey(deps),
    passkeys.removePasskey(deps),
    passkeys.beginPasskeyLogin(deps),
    passkeys.passkeyLogin(deps),
    passkeys.beginStepUp(deps),
    passkeys.stepUp(deps),
    listProviders(deps),
    beginOpenidLogin(deps),
    openidLogin(deps),
    beginOpenidLink(deps),
    addOpenidLink(deps),
    listOpenidLinks(deps),
    removeOpenidLink(deps),
    secondFactor.showSecondFactor(deps),
    secondFactor.beginSecondFactor(deps),
    secondFactor.confirmSecondFactor(deps),
    secondFactor.removeSecondFactor(deps),
    secondFactor.replaceRecoveryCodes(deps),
    suspendAccount(deps),
    resumeAccount(deps),
    endSessionsOf(deps),
    createApiToken(deps),
    listApiTokens(deps),
    deleteApiToken(deps),
  ],
  loops: [createIdentityUpkeep(deps), createFailedSignInLoop(deps), deps.resetAnswers],
})
