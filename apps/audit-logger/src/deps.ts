import { createPublicKey, type KeyObject } from 'node:crypto'
import { type BaseDeps, createBaseDeps } from '@taskflow/service-kit'
import type { Config } from './config.ts'
import { signingKey } from './domain/checkpoint.ts'
import { createUserKeys, type UserKeys } from './domain/user-keys.ts'
import { type Checkpoints, writeCheckpoints } from './loops/write-checkpoints.ts'
import { registerChainGauges } from './metrics.ts'

export interface Deps extends BaseDeps {
  userKeys: UserKeys
  checkpoints: Checkpoints
  /** The file of checkpoints, and the key that signs them. */
  checkpointFile: string
  publicKey: KeyObject
}

export const createDeps = (config: Config, overrides: Partial<Deps> = {}): Deps => {
  const base = createBaseDeps(config, overrides)
  const { AUDIT_CHECKPOINTS: file, AUDIT_SIGNING_KEY } = config
  const key = signingKey(AUDIT_SIGNING_KEY)
  registerChainGauges(base, file)
  return {
    ...base,
    userKeys: overrides.userKeys ?? createUserKeys({ secret: config.AUDIT_KEY }),
    checkpoints: overrides.checkpoints ?? writeCheckpoints({ ...base, file, key }),
    checkpointFile: overrides.checkpointFile ?? file,
    publicKey: overrides.publicKey ?? createPublicKey(key),
  }
}
