/**
 * The local mail catcher: keeps what TaskFlow sends on a developer's machine and shows it in a browser.
 *
 * Environment: MAIL_SMTP_PORT (1025), MAIL_HTTP_PORT (8025), MAIL_HOST (127.0.0.1), the address it listens on,
 * MAIL_DIR, where the mails are kept between starts, MAIL_ALLOWED_HOSTS, names by which it may be read (comma-separated).
 */
import { createMailbox } from './mailbox.ts'
import { readPort, startProblem } from './ports.ts'

/** EX_CONFIG of sysexits.h: the configuration is wrong. */
const exitConfig = 78

const wanted: Record<string, number> = {}
try {
  wanted.MAIL_SMTP_PORT = readPort(process.env, 'MAIL_SMTP_PORT', 1025)
  wanted.MAIL_HTTP_PORT = readPort(process.env, 'MAIL_HTTP_PORT', 8025)
  const mailbox = createMailbox({
    dir: process.env.MAIL_DIR || '.taskflow/mail',
    smtpPort: wanted.MAIL_SMTP_PORT,
    httpPort: wanted.MAIL_HTTP_PORT,
    host: process.env.MAIL_HOST || '127.0.0.1',
    allowedHosts: (process.env.MAIL_ALLOWED_HOSTS ?? '').split(',').flatMap((name) => name.trim() || []),
  })
  const ports = await mailbox.start()
  const stop = () => mailbox.stop().then(() => process.exit(0))
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  console.log(`Mail: http://127.0.0.1:${ports.httpPort} shows what is sent to smtp://127.0.0.1:${ports.smtpPort}`)
} catch (error) {
  console.error(startProblem(error, wanted))
  process.exit(exitConfig)
}
