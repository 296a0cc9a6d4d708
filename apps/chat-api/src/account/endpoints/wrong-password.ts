import { Problem } from '@taskflow/service-kit'

/** The password with which somebody who is signed in confirms a request. Not 401: signing in again would not help. */
export const wrongPassword = (path: string, headers: Record<string, string>): Problem =>
  new Problem('invalid', `${path}: is wrong`, { errors: [{ path, message: 'is wrong' }], headers })
