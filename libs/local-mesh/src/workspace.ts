import { join } from 'node:path'

/** The clone that this file belongs to: services and the mailbox are started from their sources in it. */
export const workspaceRoot = join(import.meta.dirname, '../../..')
