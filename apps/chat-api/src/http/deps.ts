import type { AccessControl, BaseDeps } from '@taskflow/service-kit'
import { z } from 'zod'

export const httpSettings = {
  /** Under which address people reach this service; the issuer of access tokens. */
  PUBLIC_URL: z.url().default('http://localhost:8080'),
}

export interface HttpDeps extends BaseDeps {
  /** Who is let in, and how often. */
  accessControl: AccessControl
  /** Under which address people reach this service. */
  publicUrl: string
}
