const longest = 240

/** What a person at the terminal should see of a line of a log: its message when it is a warning or an error, else nothing. */
export const shortLine = (line: string): string | undefined => {
  const text = line.replace(/^== APP - \S+ == /, '')
  const short = text.startsWith('{')
    ? fromJson(text)
    : / level=\w+ msg=/.test(text)
      ? fromSidecar(text)
      : fromPlainText(text)
  return short && short.length > longest ? `${short.slice(0, longest)} ...` : short
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

/** A line of a sidecar. Its warnings are about settings it has not been given; only errors matter here. */
const fromSidecar = (text: string): string | undefined => {
  const [, level, message] = text.match(/ level=(error|fatal) msg=("(?:[^"\\]|\\.)*")/) ?? []
  return level && message ? `${level}: ${message.slice(1, -1).replaceAll('\\"', '"')}` : undefined
}

/** Anything else: what a process writes when it dies, or a configuration it does not accept. */
const fromPlainText = (text: string): string | undefined =>
  /^(configuration:|\w*Error\b|fatal\b|panic:)/i.test(text.trim()) ? text.trim() : undefined

/** Lets a line through once per `everyMs`: while a broker is away, five sidecars say so five times a second. */
export const createRepeatFilter = (everyMs = 60_000): ((line: string, now?: number) => boolean) => {
  const shown = new Map<string, number>()
  return (line, now = Date.now()) => {
    if (now - (shown.get(line) ?? Number.NEGATIVE_INFINITY) < everyMs) return false
    shown.set(line, now)
    return true
  }
}
