import { type Door, doorAt, openDoor } from './door.ts'
import { keepForward } from './forward.ts'
import { readSecret } from './kubectl.ts'

/** TaskFlow on a cluster, and the ways to its parts from here. */
export interface Cluster {
  door: Door
  /** As the owner of the database. */
  databaseUrl: string
  mailUrl: string
  /** Undoes what a check has begun and not undone, and takes the ways down. */
  leave(): Promise<void>
  /** What is to be done when a check is broken off before it did it. */
  unfinished: Set<() => Promise<unknown>>
}

/** `url`: where people reach chat-api; without it, by port-forwards. */
export const reachCluster = async (url?: string): Promise<Cluster> => {
  const [database, mail] = await Promise.all([
    keepForward('statefulset/postgres', 5432),
    keepForward('deployment/mailbox', 8025),
  ])
  const door = url ? doorAt(url) : openDoor()
  const password = await readSecret('taskflow', 'DATABASE_PASSWORD')
  const unfinished = new Set<() => Promise<unknown>>()
  return {
    door,
    databaseUrl: `postgres://taskflow:${password}@127.0.0.1:${database.port}/taskflow`,
    mailUrl: `http://127.0.0.1:${mail.port}`,
    unfinished,
    leave: async () => {
      for (const undo of unfinished) await undo().catch(() => {})
      door.close()
      database.stop()
      mail.stop()
    },
  }
}
