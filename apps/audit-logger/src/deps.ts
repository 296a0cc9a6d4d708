import { type BaseDeps, createBaseDeps } from '@taskflow/service-kit'
import type { Config } from './config.ts'
import { signingKey } from './domain/checkpoint.ts'
import { createUserKeys, type UserKeys } from './domain/user-keys.ts'
import { type Checkpoints, writeCheckpoints } from './loops/write-checkpoints.ts'

export interface Deps extends BaseDeps {
  userKeys: UserKeys
  checkpoints: Checkpoints
}

export const createDeps = (config: Config, overrides: Partial<Deps> = {}): Deps => {
  const base = createBaseDeps(config, overrides)
  const { AUDIT_CHECKPOINTS: file, AUDIT_SIGNING_KEY } = config
  return {
    ...base,
    userKeys: overrides.userKeys ?? createUserKeys({ secret: config.AUDIT_KEY }),
    checkpoints: overrides.checkpoints ?? writeCheckpoints({ ...base, file, key: signingKey(AUDIT_SIGNING_KEY) }),
  }
}
