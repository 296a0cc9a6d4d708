import { forgetSession, freshToken, readSession } from '../account/session.ts'
import { ApiProblem } from './problems.ts'
import { bodyOf, type Sent, send } from './send.ts'

/** A request of whoever is signed in. When the token is refused, once more with a new one. */
export const sendSigned = async (method: string, path: string, sent: Sent = {}): Promise<Response> => {
  const signed = (token: string) =>
    send(method, path, { ...sent, headers: { ...sent.headers, authorization: `Bearer ${token}` } })
  const token = await freshToken()
  try {
    return await signed(token)
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 401) throw error
    const next = await freshToken({ instead: token })
    return await signed(next).catch((again) => {
      if (again instanceof ApiProblem && again.status === 401 && readSession()?.token === next) forgetSession()
      throw again
    })
  }
}

const request =
  (method: string) =>
  async <Body>(path: string, body?: unknown, sent: Omit<Sent, 'body'> = {}): Promise<Body> =>
    bodyOf<Body>(await sendSigned(method, path, { ...sent, body }))

export const api = {
  get: <Body>(path: string, sent: Omit<Sent, 'body'> = {}) => request('GET')<Body>(path, undefined, sent),
  post: request('POST'),
  patch: request('PATCH'),
  put: request('PUT'),
  delete: request('DELETE'),
}

/** A query string of what is given. */
export const queryOf = (
  parameters: Record<string, string | number | boolean | readonly string[] | undefined>,
): string => {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters))
    for (const each of Array.isArray(value) ? value : [value]) if (each !== undefined) search.append(name, String(each))
  const text = search.toString()
  return text && `?${text}`
}
