import { type EntryPoint, entryPointAt, forwardEntryPoint } from './entry-point.ts'
import { keepForward } from './forward.ts'
import { readSecret } from './kubectl.ts'

/** TaskFlow on a cluster, with port-forwards to its parts. */
export interface Cluster {
  entryPoint: EntryPoint
  /** As the owner of the database. */
  databaseUrl: string
  mailUrl: string
  /** Reverts what checks have left unfinished, and closes the port-forwards. */
  leave(): Promise<void>
  /** Reverts what a check has changed, in case it is interrupted. */
  unfinished: Set<() => Promise<unknown>>
}

/** `url`: public address of chat-api; a port-forward by default. */
export const reachCluster = async (url?: string): Promise<Cluster> => {
  const [database, mail] = await Promise.all([
    keepForward('statefulset/postgres', 5432),
    keepForward('deployment/mailbox', 8025),
  ])
  const entryPoint = url ? entryPointAt(url) : forwardEntryPoint()
  const password = await readSecret('taskflow', 'DATABASE_PASSWORD')
  const unfinished = new Set<() => Promise<unknown>>()
  return {
    entryPoint,
    databaseUrl: `postgres://taskflow:${password}@127.0.0.1:${database.port}/taskflow`,
    mailUrl: `http://127.0.0.1:${mail.port}`,
    unfinished,
    leave: async () => {
      for (const undo of unfinished) await undo().catch(() => {})
      entryPoint.close()
      database.stop()
      mail.stop()
    },
  }
}
