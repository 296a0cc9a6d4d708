import type { AccessControl, BaseDeps } from '@taskflow/service-kit'
import { z } from 'zod'

export const httpSettings = {
  /** The address at which people reach this service; the issuer of access tokens. */
  PUBLIC_URL: z.url().default('http://localhost:8080'),
}

export interface HttpDeps extends BaseDeps {
  /** Who may make requests, and how often. */
  accessControl: AccessControl
  /** The address at which people reach this service. */
  publicUrl: string
}
