import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../parts/ports.ts'
import { findPostgres, startPostgres } from './postgres.ts'

/** A Postgres for tests: in a temporary folder, on a free port, without the slow protection against power cuts. */
export const startTestPostgres = async (): Promise<{ databaseUrl: string; stop: () => Promise<void> }> => {
  const folder = await mkdtemp(join(tmpdir(), 'taskflow-test-'))
  const server = await startPostgres(await findPostgres(), {
    dir: join(folder, 'data'),
    port: await freePort(),
    password: randomBytes(12).toString('hex'),
    logFile: join(folder, 'postgres.log'),
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: 300 },
  })
  return {
    databaseUrl: server.databaseUrl,
    stop: async () => {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
