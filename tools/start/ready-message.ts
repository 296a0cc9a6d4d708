import { serviceNames } from '@taskflow/service-kit'
import type { Settings } from './settings.ts'

/** Printed once everything runs: addresses, and a command to try. */
export const readyMessage = (settings: Settings, seconds: number): string => {
  const { services, external } = settings
  const api = `http://localhost:${services['chat-api'].app}`
  const rows = [
    ['Web page', api],
    ['API', `${api}/docs`],
    ...(external.smtpUrl ? [] : [['Caught mail', `http://localhost:${settings.mailHttp}`]]),
    ['E-mail', mailNote(settings)],
    ['Kafka', external.brokers ?? `127.0.0.1:${settings.kafka}`],
    ['Postgres', external.databaseUrl ? 'at DATABASE_URL' : `127.0.0.1:${settings.postgres}`],
    ...serviceNames.map((name) => [name, `http://127.0.0.1:${services[name].app}  sidecar ${services[name].http}`]),
  ]
  const signUp = `{"email":"ada@example.com","password":"correct horse battery","name":"Ada"}`
  return `
TaskFlow is ready after ${seconds.toFixed(1)} s.

${table(rows as [string, string][])}

Try it:
  curl -X POST ${api}/api/v1/auth/signup -H 'Content-Type: application/json' -d '${signUp}'

Logs are in .taskflow/logs. Ctrl-C stops everything; the data stays for the next npm start.`
}

export const partsMessage = (runFile: string, seconds: number): string => `
The parts run after ${seconds.toFixed(1)} s. In another terminal:
  set -a; . .taskflow/env; set +a
  dapr run -f ${runFile}

Ctrl-C stops them; the data stays.`

const mailNote = ({ external, requireConfirmedEmail }: Settings): string =>
  `${external.smtpUrl ? 'sent by SMTP_URL' : 'caught here'}; addresses ${requireConfirmedEmail ? 'must be confirmed' : 'need no confirmation'} (REQUIRE_CONFIRMED_EMAIL=${requireConfirmedEmail})`

const table = (rows: [string, string][]): string => {
  const width = Math.max(...rows.map(([name]) => name.length)) + 2
  return rows.map(([name, value]) => `  ${name.padEnd(width)}${value}`).join('\n')
}
