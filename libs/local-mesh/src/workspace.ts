import { join } from 'node:path'

/** Root of this clone; services and the mailbox run from its sources. */
export const workspaceRoot = join(import.meta.dirname, '../../..')
