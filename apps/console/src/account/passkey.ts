import type { SignedIn } from '../api/openapi.d.ts'
import { Declined } from '../api/problems.ts'
import { bodyOf, publicApi } from '../api/send.ts'

type Options = { challenge: string } & Record<string, unknown>

/** Whether this browser has passkeys, and their JSON form (WebAuthn level 3). */
export const hasPasskeys = (): boolean =>
  'PublicKeyCredential' in window && 'parseCreationOptionsFromJSON' in PublicKeyCredential

/** Has the browser make a passkey. Throws when the person declines. */
export const makePasskey = async (options: Options) => {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
    options as unknown as PublicKeyCredentialCreationOptionsJSON,
  )
  return asJson(await orDeclined(navigator.credentials.create({ publicKey }))) as RegistrationResponseJSON
}

/** Has the browser use a passkey. Throws when the person declines. */
const usePasskey = async (options: Options) => {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
    options as unknown as PublicKeyCredentialRequestOptionsJSON,
  )
  return asJson(await orDeclined(navigator.credentials.get({ publicKey }))) as AuthenticationResponseJSON
}

/** The browser reports a person who declines, and a passkey that exists already, alike as errors of its own. */
const orDeclined = async <T>(prompt: Promise<T>): Promise<T> => {
  try {
    return await prompt
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
    throw new Declined(
      error.name === 'InvalidStateError' ? 'This device has a passkey for you already.' : 'No passkey was chosen.',
    )
  }
}

const asJson = (credential: Credential | null): unknown => {
  if (!(credential instanceof PublicKeyCredential)) throw new Error('the browser gave no passkey')
  return credential.toJSON()
}

export const signInWithPasskey = async (): Promise<SignedIn> => {
  const options = await bodyOf(publicApi.POST('/auth/passkey-login/options'))
  const response = await usePasskey(options)
  return bodyOf(publicApi.POST('/auth/passkey-login', { body: { response: response as never } }))
}
