import { useSyncExternalStore } from 'react'
import type { User } from '../api/openapi.d.ts'
import { readSession, watchSession } from './session.ts'

/** The session, or undefined when signed out. */
const useSession = () => useSyncExternalStore(watchSession, readSession)

/** The account that is signed in; for pages that need one. */
export const useAccount = (): User => {
  const session = useSession()
  return session?.user ?? nobody
}

/** For the moment in which a page that needs an account is being left. */
const nobody: User = {
  id: '',
  email: '',
  name: '',
  role: 'user',
  time_zone: 'UTC',
  locale: 'en',
  created_at: '1970-01-01T00:00:00Z',
}
