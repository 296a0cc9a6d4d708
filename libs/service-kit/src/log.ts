import { AsyncLocalStorage } from 'node:async_hooks'
import winston from 'winston'

export type Log = winston.Logger

export const logLevels = ['error', 'warn', 'info', 'debug'] as const

const context = new AsyncLocalStorage<Record<string, string>>()

/** Adds fields, such as trace and event ids, to every line logged while `work` runs. */
export const loggedWith = <T>(fields: Record<string, string>, work: () => T): T => context.run(fields, work)

const withFields = winston.format((info) => Object.assign(info, { ...context.getStore(), ...info }))

const secretName = /password|secret|token|authorization|cookie|(?:api|_)_?key$/i
/** Tokens by what they look like: API, refresh, calendar and mail tokens of chat-api, and JWTs. */
const tokens = /\btf[rcm]?_[\w-]{20,}|\beyJ[\w-]+\.[\w-]+\.[\w-]+/g

/**
 * Logs of a service: JSON lines, or readable text on a terminal. Masks fields with the name of a secret, and tokens and
 * the given secrets wherever they appear in a text: errors of libraries quote connection strings, and a URL may hold a
 * token.
 */
export const createLog = (options: { service: string; level: string; secrets?: string[]; terminal?: boolean }): Log => {
  const secrets = (options.secrets ?? []).filter((secret) => secret.length >= 8)
  const mask = winston.format((info) => maskValue(info, secrets, 0) as winston.Logform.TransformableInfo)
  const readable = winston.format.printf(
    ({ level, message, service, timestamp: _, ...rest }) =>
      `${level} ${service}: ${message}${Object.keys(rest).length ? ` ${JSON.stringify(rest)}` : ''}`,
  )
  const terminal = options.terminal ?? process.stdout.isTTY
  return winston.createLogger({
    level: options.level,
    defaultMeta: { service: options.service },
    format: winston.format.combine(
      winston.format.timestamp(),
      withFields(),
      mask(),
      terminal ? readable : winston.format.json(),
    ),
    transports: [new winston.transports.Console()],
  })
}

/** Values of a configuration that no log may hold: those named as secrets, and passwords in URLs. */
export const secretsOf = (config: object): string[] =>
  Object.entries(config).flatMap(([name, value]) => {
    if (typeof value !== 'string') return []
    if (secretName.test(name)) return [value]
    const password = URL.parse(value)?.password ?? ''
    return [password, decoded(password)]
  })

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const maskValue = (value: unknown, secrets: string[], depth: number): unknown => {
  if (typeof value === 'string') {
    return secrets.reduce((text, secret) => text.replaceAll(secret, '***'), value).replaceAll(tokens, '***')
  }
  if (value instanceof Error) {
    const { name: error, cause } = value
    const message = maskValue(withoutParameters(value.message), secrets, depth)
    return {
      error,
      message,
      ...codeOf(value),
      ...(cause instanceof Error && depth < 3 ? { cause: maskValue(cause, secrets, depth + 1) } : {}),
    }
  }
  if (Array.isArray(value)) return depth > 6 ? '…' : value.map((item) => maskValue(item, secrets, depth + 1))
  if (value === null || typeof value !== 'object') return value
  if (depth > 6) return '…'
  // Symbols carry winston's own level and message: kept by copying onto the same prototype chain.
  const copy: Record<string | symbol, unknown> = {}
  for (const key of Reflect.ownKeys(value)) {
    const item = (value as Record<string | symbol, unknown>)[key]
    copy[key] =
      typeof key === 'string' && secretName.test(key)
        ? '***'
        : typeof key === 'symbol'
          ? item
          : maskValue(item, secrets, depth + 1)
  }
  return copy
}

/** Errors of drizzle quote the parameters of the query: password hashes, addresses, texts of users. */
const withoutParameters = (message: string): string => message.replace(/\nparams: [\s\S]*$/, '')

const codeOf = (error: Error): { code?: unknown } => ('code' in error ? { code: error.code } : {})
