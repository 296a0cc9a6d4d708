import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Mesh } from '@taskflow/local-mesh'
import pg from 'pg'

export interface Account {
  id: string
  email: string
  token: string
  refresh_token: string
}

export const password = 'correct horse'

/** Makes accounts with a session each. All are admins, who may call every operation. */
export const createAccounts = async ({ url, databaseUrl }: Pick<Mesh, 'url' | 'databaseUrl'>) => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 })
  let made = 0
  const create = async (): Promise<Account> => {
    const email = `fuzz-${++made}@example.com`
    const answer = await fetch(`${url}/api/v1/auth/signup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password, name: 'Fuzz' }),
    })
    if (answer.status !== 201) throw new Error(`signing up: ${answer.status} ${await answer.text()}`)
    const { token, refresh_token, user } = (await answer.json()) as Account & { user: { id: string } }
    await pool.query(`UPDATE identity.users SET role = 'admin' WHERE id = $1`, [user.id])
    return { id: user.id, email, token, refresh_token }
  }
  return { create, close: () => pool.end() }
}

export type Accounts = Awaited<ReturnType<typeof createAccounts>>

/** An address on this machine where each request gets a new account, for the hooks of Schemathesis. */
export const serveAccounts = async ({ create }: Accounts) => {
  const server = createServer((_request, response) => {
    create().then(
      (account) => response.end(JSON.stringify(account)),
      (error: Error) => response.writeHead(500).end(error.message),
    )
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() }
}
