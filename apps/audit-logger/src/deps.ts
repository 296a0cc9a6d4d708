import { type BaseDeps, createBaseDeps } from '@taskflow/service-kit'
import type { readConfig } from './config.ts'

export type Deps = BaseDeps

export const createDeps = (config: ReturnType<typeof readConfig>, overrides: Partial<Deps> = {}): Deps =>
  createBaseDeps(config, overrides)
