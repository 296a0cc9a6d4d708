/** Seconds. How long what the authorization server issues is valid. */

export const accessTokenSeconds = 3_600
export const codeSeconds = 60
/** A person has this long to sign in and to decide. */
export const consentSeconds = 900
/** An app that is not used for this long is disconnected. */
export const refreshTokenSeconds = 30 * 86_400
/** At the latest after this a person is asked again. */
export const grantSeconds = 365 * 86_400
/** A grant until an app has fetched a refresh token; one that has none gets a single access token. */
export const unusedGrantSeconds = 2 * accessTokenSeconds
/** A client that registered itself, until somebody connects it. */
export const unusedClientSeconds = 86_400
/** A refresh token that was used may be used again for this long. */
export const graceSeconds = 30
