import { z } from 'zod'
import { logLevels } from './log.ts'
import { environmentPrefix, type ServiceName, services } from './services.ts'

/** The environment is invalid. `problems` lists everything that is wrong; `run` prints them and exits with 78. */
export class ConfigError extends Error {
  override name = 'ConfigError'
  readonly problems: string[]
  constructor(service: string, problems: string[]) {
    super(`${service} cannot start: ${problems.join('; ')}`)
    this.problems = problems
  }
}

/** EX_CONFIG of sysexits.h: the configuration is wrong, and a restart will not help. */
export const exitConfig = 78

const port = z.coerce.number().int().min(0).max(65535)
const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: 'must be an address that begins with postgres://' })

/** Settings of every service. */
export interface BaseConfig {
  service: ServiceName
  host: string
  port: number
  sidecarUrl: string
  databaseUrl: string
  poolSize: number
  appApiToken: string
  daprApiToken: string
  logLevel: string
  /** Where spans are exported to by OTLP over HTTP; undefined: they are not exported. */
  otlpEndpoint: string | undefined
  /** Share of traces that begin here and are recorded, 0 to 1. */
  traceRatio: number
}

/**
 * Creates a service's reader of the environment. `shape` adds settings of its own, keyed by their environment names.
 * The reader throws ConfigError with all problems at once; an empty variable counts as unset.
 */
export const configReader =
  <Shape extends z.ZodRawShape>(service: ServiceName, shape: Shape) =>
  (env: Record<string, string | undefined>): Readonly<BaseConfig & z.infer<z.ZodObject<Shape>>> => {
    const prefix = environmentPrefix(service)
    const defaults = services[service]
    const schema = z.object({
      HOST: z.string().default('127.0.0.1'),
      [`${prefix}_PORT`]: port.default(defaults.port),
      [`${prefix}_DAPR_HTTP_PORT`]: port.default(Number(env.DAPR_HTTP_PORT) || defaults.daprHttpPort),
      [`${prefix}_DATABASE_URL`]: postgresUrl,
      DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(200).default(10),
      APP_API_TOKEN: z.string().min(16, 'must be a secret of at least 16 characters'),
      DAPR_API_TOKEN: z.string().min(16, 'must be a secret of at least 16 characters'),
      LOG_LEVEL: z.enum(logLevels).default('info'),
      OTEL_EXPORTER_OTLP_ENDPOINT: z
        .url({ protocol: /^https?$/, error: 'must be the http:// or https:// address of a collector' })
        .optional(),
      OTEL_TRACES_SAMPLER_ARG: z.coerce.number('must be a number').min(0).max(1).default(1),
      ...shape,
    })
    const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
    const read = schema.safeParse(given)
    if (!read.success) {
      throw new ConfigError(
        service,
        read.error.issues.map(
          (issue) =>
            `${issue.path.join('.')} ${given[String(issue.path[0])] === undefined ? 'is not set' : issue.message}`,
        ),
      )
    }
    const values = read.data as Record<string, unknown>
    const own = Object.fromEntries(Object.keys(shape).map((name) => [name, values[name]]))
    return Object.freeze({
      service,
      host: values.HOST,
      port: values[`${prefix}_PORT`],
      sidecarUrl: `http://127.0.0.1:${values[`${prefix}_DAPR_HTTP_PORT`]}`,
      databaseUrl: values[`${prefix}_DATABASE_URL`],
      poolSize: values.DATABASE_POOL_SIZE,
      appApiToken: values.APP_API_TOKEN,
      daprApiToken: values.DAPR_API_TOKEN,
      logLevel: values.LOG_LEVEL,
      otlpEndpoint: values.OTEL_EXPORTER_OTLP_ENDPOINT,
      traceRatio: values.OTEL_TRACES_SAMPLER_ARG,
      ...own,
    }) as unknown as Readonly<BaseConfig & z.infer<z.ZodObject<Shape>>>
  }
