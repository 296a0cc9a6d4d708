import { generateKeyPairSync } from 'node:crypto'
import {
  type BaseConfig,
  type BaseDeps,
  environmentPrefix,
  type ServiceApp,
  type ServiceName,
} from '@taskflow/service-kit'

/** A service with all features turned on, built as it runs but neither started nor connected. */
export const buildService = async (service: ServiceName): Promise<{ deps: BaseDeps; app: ServiceApp }> => {
  const source = `../../../apps/${service}/src`
  const { readConfig } = (await import(`${source}/config.ts`)) as { readConfig: (env: object) => BaseConfig }
  const { createDeps } = (await import(`${source}/deps.ts`)) as { createDeps: (config: BaseConfig) => BaseDeps }
  const { createApp } = (await import(`${source}/app.ts`)) as { createApp: (deps: BaseDeps) => ServiceApp }
  const deps = createDeps(
    readConfig({
      [`${environmentPrefix(service)}_DATABASE_URL`]: 'postgres://nobody@127.0.0.1:1/none',
      ...{
        APP_API_TOKEN: secret,
        DAPR_API_TOKEN: secret,
        TOKEN_SECRET: secret,
        LINK_SECRET: secret,
        ACCOUNT_KEY: secret,
        OAUTH_SECRET: secret,
        AUDIT_KEY: secret,
      },
      AUDIT_SIGNING_KEY: signingKey,
      AUDIT_CHECKPOINTS: '/dev/null',
      KAFKA_BROKERS: '127.0.0.1:1',
      SMTP_URL: 'smtp://127.0.0.1:1',
      MAIL_PER_DAY: '1',
      LOG_LEVEL: 'error',
    }),
  )
  return { deps, app: createApp(deps) }
}

const secret = 'unused, but long enough'.repeat(2)
const signingKey = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64')
