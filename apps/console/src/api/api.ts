import { forgetSession, freshToken, readSession } from '../account/session.ts'
import { ApiProblem } from './problems.ts'
import { createApi, send } from './send.ts'

/** Sends a request with the token of the session. When it is refused, sends it once more with a new token. */
const sendSigned = async (request: Request): Promise<Response> => {
  const signed = (token: string) => {
    const copy = request.clone()
    copy.headers.set('authorization', `Bearer ${token}`)
    return send(copy)
  }
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

/** The API, for the person who is signed in. */
export const api = createApi(sendSigned)
export { bodyOf } from './send.ts'
