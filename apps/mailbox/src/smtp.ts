import { SMTPServer, type SMTPServerSession } from 'smtp-server'

export const SIZE_LIMIT = 25 * 1024 * 1024

/** Long enough for a client to finish its sentence, short enough that a stop takes less than a second. */
const CLOSE_TIMEOUT_MS = 250

/** The trace a delivering server leaves (RFC 5321, section 4.4): who sent it, and to whom, blind copies included. */
const traceLines = ({ envelope }: SMTPServerSession): string => {
  const sender = envelope.mailFrom ? envelope.mailFrom.address : ''
  const recipients = envelope.rcptTo.map(({ address }) => `Delivered-To: ${address}\r\n`)
  return `Return-Path: <${sender}>\r\n${recipients.join('')}`
}

/** An SMTP server that takes every mail from anybody, with or without a password, and gives its bytes to `keep`. */
export const createSmtpServer = (keep: (message: Buffer) => Promise<string>): SMTPServer =>
  new SMTPServer({
    size: SIZE_LIMIT,
    authOptional: true,
    allowInsecureAuth: true,
    // There is no certificate anybody would trust: not offered, so that a client does not stumble over it.
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: CLOSE_TIMEOUT_MS,
    onAuth: (auth, _session, done) => done(null, { user: auth.username ?? 'anybody' }),
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => {
        if (!stream.sizeExceeded) chunks.push(chunk)
      })
      stream.on('error', done)
      stream.on('end', () => {
        if (stream.sizeExceeded) {
          done(Object.assign(new Error(`Message is larger than ${SIZE_LIMIT} bytes`), { responseCode: 552 }))
          return
        }
        keep(Buffer.concat([Buffer.from(traceLines(session)), ...chunks])).then(
          (id) => done(null, `Kept as ${id}`),
          (error: Error) => done(Object.assign(error, { responseCode: 451 })),
        )
      })
    },
  })
