import { z } from 'zod'

/** A provider that people sign in with, as it is configured. */
export interface OpenidProvider {
  /** Names it in addresses, also the one it sends people back to. */
  id: string
  /** As people know it. */
  name: string
  issuer: string
  client_id: string
  /** Undefined: a public client. */
  client_secret?: string | undefined
  /** Asked for, separated by spaces. */
  scopes: string
}

const isLoopback = ({ hostname }: URL) => ['localhost', '127.0.0.1', '[::1]'].includes(hostname)

/** Without https, anybody on the way could sign in as anybody: only a provider on this machine may do without. */
const issuer = z
  .url('must be a URL')
  .refine((text) => {
    const url = URL.parse(text)
    return url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url))
  }, 'must begin with https://')
  .refine((text) => {
    const url = URL.parse(text)
    return !url?.search && !url?.hash && !text.includes('/.well-known/')
  }, 'must be the address before /.well-known/openid-configuration')
  .transform((text) => new URL(text).href)

const provider: z.ZodType<OpenidProvider> = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/, 'must be up to 40 of a-z, 0-9 and -'),
  name: z.string().trim().min(1, 'must not be empty').max(60),
  issuer,
  client_id: z.string().min(1, 'must not be empty').max(500),
  client_secret: z.string().min(1, 'must not be empty').max(2_000).optional(),
  scopes: z
    .string()
    .max(500)
    .default('openid email profile')
    .refine((scopes) => scopes.split(' ').includes('openid'), 'must include openid'),
})

const providers = z
  .array(provider)
  .max(20)
  .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'must not use an id twice')
  .refine((all) => new Set(all.map((each) => each.issuer)).size === all.length, 'must not use an issuer twice')

const parsed = (text: string, context: z.RefinementCtx): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    // The error of JSON.parse quotes the text, which has secrets in it.
    context.addIssue('must be JSON: [{"id", "name", "issuer", "client_id", "client_secret"}]')
    return z.NEVER
  }
}

export const openidSettings = {
  /** The OpenID providers that people may sign in with, as JSON. It holds the secrets that they gave this service. */
  OPENID_PROVIDERS: z
    .string()
    .default('[]')
    .transform((text, context) => {
      const { data, error } = providers.safeParse(parsed(text, context))
      for (const { path, message } of context.issues.length > 0 ? [] : (error?.issues ?? [])) {
        context.addIssue(path.length > 0 ? `${path.join('.')} ${message}` : message)
      }
      return data ?? z.NEVER
    }),
}
