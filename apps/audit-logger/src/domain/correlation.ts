import { createHmac } from 'node:crypto'

/** Ids that TaskFlow makes: UUIDs of version 7, a time and random bits. */
const own = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

const fingerprinted = 'hmac:'

/** Whether a client chose the id, in x-correlation-id: it may hold anything, such as an address. */
export const isFromOutside = (id: string): boolean => !own.test(id)

/**
 * What stands for an id from outside in the plain part of a record. The same id of a user always gives the same, so it
 * can be searched for as long as the user's key exists; without the key, nobody can find out whether an id was used.
 */
export const fingerprintOf = (id: string, key: Buffer): string =>
  fingerprinted + createHmac('sha256', key).update(`correlation id\n${id}`).digest('base64url')

export const isFingerprint = (id: string | null): boolean => id?.startsWith(fingerprinted) ?? false
