import { ConfigError, EXIT_CONFIG } from './config.ts'
import type { ServiceApp } from './create-service-app.ts'

/**
 * Runs a service until SIGTERM or SIGINT and answers its exit code: 0 after a clean stop, 78 when the environment is
 * not fit to start with, 1 when it could not start or stop, or an error was caught by nobody.
 */
export const run = async (create: () => ServiceApp): Promise<number> => {
  const signal = Promise.withResolvers<void>()
  // A second signal changes nothing: whoever cannot wait sends SIGKILL.
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, () => signal.resolve())
  const uncaught = Promise.withResolvers<never>()
  uncaught.promise.catch(() => {})
  process.on('uncaughtException', uncaught.reject)
  const unlessUncaught = (work: Promise<unknown>) => Promise.race([work, uncaught.promise])
  let app: ServiceApp | undefined
  try {
    app = create()
    await unlessUncaught(app.listen())
    app.work()
    await unlessUncaught(signal.promise)
    await unlessUncaught(app.stop())
    return 0
  } catch (error) {
    if (error instanceof ConfigError) {
      for (const problem of error.problems) console.error(`configuration: ${problem}`)
      return EXIT_CONFIG
    }
    const { code, port } = error as { code?: string; port?: number }
    if (code === 'EADDRINUSE') {
      console.error(`port ${port} is in use; end what listens there or set another port in the environment`)
    } else if (app) {
      // Printed by node, it would show all that hangs on it: queries with what they were given.
      app.log.error('the service ends: an error was caught by nobody', { error, at: framesOf(error) })
    } else console.error(String(error))
    return 1
  }
}

/** Where an error comes from, without its message. */
const framesOf = (error: unknown): string[] =>
  error instanceof Error ? (error.stack?.match(/^ +at .+$/gm) ?? []).map((frame) => frame.trim()) : []
