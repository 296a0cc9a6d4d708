import { createHash, createHmac, randomBytes } from 'node:crypto'

/** The prefix says what a token is: to people, and to scanners that look for leaked secrets. */
export const apiTokenPrefix = 'tf_'
export const refreshTokenPrefix = 'tfr_'
export const calendarTokenPrefix = 'tfc_'
export const mailTokenPrefix = 'tfm_'

/** A token of 256 random bits. */
export const newSecretToken = (prefix: string): string => prefix + randomBytes(32).toString('base64url')

/** What is stored of a token. A fast hash is enough: nobody can guess 256 bits. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url')

/**
 * The token that follows a token, always the same: whoever repeats a refresh whose answer was lost gets what that answer
 * had, and nothing more needs to be stored than a hash.
 */
export const successorOf = (prefix: string, token: string, secret: string): string =>
  prefix + createHmac('sha256', secret).update(`successor of ${token}`).digest('base64url')
