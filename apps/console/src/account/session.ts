import type { SignedIn, User } from '../api/openapi.d.ts'
import { ApiProblem } from '../api/problems.ts'
import { bodyOf, publicApi } from '../api/send.ts'

/**
 * The session of this browser. Its refresh token is in a cookie that scripts cannot read. All tabs share one session
 * (localStorage), and one tab at a time refreshes it, under a Web Lock; the others use the result.
 */
export interface Session {
  user: User
  token: string
  /** When the token expires, in milliseconds. */
  expires_at: number
  /** Kept by earlier releases; the next refresh moves it into the cookie. */
  refresh_token?: string
}

const key = 'taskflow.session'
const lock = 'taskflow.session'
/** A token is refreshed this long before it expires, in milliseconds. */
const margin = 60_000

const listeners = new Set<() => void>()
let read: { text: string | null; session: Session | undefined } = { text: null, session: undefined }

/** The current session; the same object until it changes. */
export const readSession = (): Session | undefined => {
  const text = localStorage.getItem(key)
  if (text !== read.text) read = { text, session: parsed(text) }
  return read.session
}

const parsed = (text: string | null): Session | undefined => {
  try {
    return text === null ? undefined : (JSON.parse(text) as Session)
  } catch {
    return undefined
  }
}

const notify = () => {
  for (const listener of listeners) listener()
}

const keep = (session: Session) => {
  localStorage.setItem(key, JSON.stringify(session))
  notify()
}

export const keepSignedIn = ({ user, token, expires_in }: SignedIn): Session => {
  const session = { user, token, expires_at: Date.now() + expires_in * 1_000 }
  keep(session)
  return session
}

export const keepUser = (user: User): void => {
  const session = readSession()
  if (session?.user.id === user.id) keep({ ...session, user })
}

export const forgetSession = (): void => {
  localStorage.removeItem(key)
  notify()
}

/** Calls back when the session changes, here or in another tab. */
export const watchSession = (listener: () => void): (() => void) => {
  const onStorage = (event: StorageEvent) => {
    if (event.key === key || event.key === null) listener()
  }
  listeners.add(listener)
  window.addEventListener('storage', onStorage)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', onStorage)
  }
}

const bodyFor = ({ refresh_token }: Session) => (refresh_token === undefined ? {} : { refresh_token })

const signedOut = () => new ApiProblem(401, 'you are signed out; sign in again')

/** A valid token, refreshed when it is about to expire or is the one that was refused (`instead`). */
export const freshToken = async ({ instead }: { instead?: string } = {}): Promise<string> => {
  const holds = (session: Session) => session.token !== instead && session.expires_at - margin > Date.now()
  const session = readSession()
  if (!session) throw signedOut()
  if (holds(session)) return session.token
  return navigator.locks.request(lock, async () => {
    const now = readSession()
    if (!now) throw signedOut()
    // Another tab has refreshed it.
    if (holds(now)) return now.token
    try {
      return keepSignedIn(await bodyOf(publicApi.POST('/auth/refresh', { body: bodyFor(now) }))).token
    } catch (error) {
      if (error instanceof ApiProblem && [401, 422].includes(error.status)) forgetSession()
      throw error
    }
  })
}

export const signOut = async (): Promise<void> => {
  const session = readSession()
  forgetSession()
  if (!session) return
  await publicApi.POST('/auth/logout', { body: bodyFor(session) }).catch(() => {})
}
