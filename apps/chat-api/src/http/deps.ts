import type { AccessControl, BaseDeps } from '@taskflow/service-kit'
import { z } from 'zod'

export const commaSeparated = z
  .string()
  .default('')
  .transform((text) => text.split(',').flatMap((item) => item.trim() || []))

export const httpSettings = {
  /** The address at which people reach this service; the issuer of access tokens. */
  PUBLIC_URL: z.url().default('http://localhost:8080'),
  /** Names of this service that clients may use besides localhost, its name in the cluster and that of PUBLIC_URL. */
  ALLOWED_HOSTS: commaSeparated,
}

export interface HttpDeps extends BaseDeps {
  /** Who may make requests, and how often. */
  accessControl: AccessControl
  /** The address at which people reach this service. */
  publicUrl: string
}
