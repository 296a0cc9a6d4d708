const maxLength = 240

/** What the terminal shows of a log line: the message of a warning or an error, else nothing. */
export const shortLine = (line: string): string | undefined => {
  const text = line.replace(/^== APP - \S+ == /, '')
  const short = text.startsWith('{')
    ? fromJson(text)
    : / level=\w+ msg=/.test(text)
      ? fromSidecar(text)
      : fromPlainText(text)
  return short && short.length > maxLength ? `${short.slice(0, maxLength)} ...` : short
}

/** A line of a service: JSON with level and message. */
const fromJson = (text: string): string | undefined => {
  try {
    const { level, message, error } = JSON.parse(text) as Record<string, unknown>
    if (level !== 'warn' && level !== 'error') return undefined
    const reason = (error as { message?: string } | undefined)?.message
    return `${level}: ${message}${reason ? ` (${reason})` : ''}`
  } catch {
    return undefined
  }
}

/** A line of a sidecar. Its warnings are about unset options, so only errors matter. */
const fromSidecar = (text: string): string | undefined => {
  const [, level, message] = text.match(/ level=(error|fatal) msg=("(?:[^"\\]|\\.)*")/) ?? []
  return level && message ? `${level}: ${message.slice(1, -1).replaceAll('\\"', '"')}` : undefined
}

/** Anything else: the last words of a crash, or a rejected configuration. */
const fromPlainText = (text: string): string | undefined =>
  /^(configuration:|\w*Error\b|fatal\b|panic:)/i.test(text.trim()) ? text.trim() : undefined

/** Lets a line through once per `intervalMs`: while a broker is away, five sidecars log it five times a second. */
export const createRepeatFilter = (intervalMs = 60_000): ((line: string, now?: number) => boolean) => {
  const shown = new Map<string, number>()
  return (line, now = Date.now()) => {
    if (now - (shown.get(line) ?? Number.NEGATIVE_INFINITY) < intervalMs) return false
    shown.set(line, now)
    return true
  }
}
