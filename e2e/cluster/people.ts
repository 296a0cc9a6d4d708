import { type Api, apiOf } from '@taskflow/test-kit'
import { withClient } from '../faults/checks.ts'
import { signup } from '../faults/load.ts'
import type { Cluster } from './cluster.ts'

/** Addresses of the checks and of the load. */
const ours = '^[0-9a-z-]+[.][0-9]{13}@example[.]com$'
const password = 'correct horse'

export interface Person extends Api {
  email: string
  token: string
}

/** Creates an account for the checks. */
export const makePerson = async ({ entryPoint }: Cluster, name = 'verify'): Promise<Person> => {
  const email = `${name}.${Date.now()}@example.com`
  const url = await entryPoint.url()
  const token = await signup(url, email)
  return { email, token, ...apiOf(url, token) }
}

/** Deletes the accounts of the checks, of earlier runs too, through the API. Returns their number. */
export const deletePeople = async ({ entryPoint, databaseUrl }: Cluster): Promise<number> => {
  const { rows } = await withClient(databaseUrl, (client) =>
    client.query<{ email: string }>('SELECT email FROM identity.users WHERE email ~ $1', [ours]),
  )
  const url = await entryPoint.url()
  for (const { email } of rows) {
    const { token } = (await apiOf(url).send('POST', '/auth/login', { email, password })) as { token: string }
    await apiOf(url, token).send('DELETE', '/auth/me', { password })
  }
  return rows.length
}
