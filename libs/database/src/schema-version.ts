import type { SchemaVersion } from '@taskflow/service-kit'
import journal from '../migrations/meta/_journal.json' with { type: 'json' }

const { tag, when } = journal.entries.at(-1)!

/** The newest migration of this release. */
export const schemaVersion: SchemaVersion = { name: tag, when }
