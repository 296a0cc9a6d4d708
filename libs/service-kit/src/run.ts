import { ConfigError, exitConfig } from './config.ts'
import type { ServiceApp } from './create-service-app.ts'

/**
 * Runs a service until SIGTERM or SIGINT and returns its exit code: 0 after a clean stop, 78 when the configuration is
 * invalid, 1 when it could not start or stop, or after an uncaught error.
 */
export const run = async (create: () => ServiceApp): Promise<number> => {
  const signal = Promise.withResolvers<void>()
  // A second signal changes nothing: use SIGKILL instead of waiting.
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
      return exitConfig
    }
    const { code, port } = error as { code?: string; port?: number }
    if (code === 'EADDRINUSE') {
      console.error(
        `port ${port} is in use; stop the process that listens there or set another port in the environment`,
      )
    } else if (app) {
      // Node would print all its properties: queries with their parameters.
      app.log.error('the service ends: an error was not caught', { error, at: framesOf(error) })
    } else console.error(String(error))
    return 1
  }
}

/** Where an error comes from, without its message. */
const framesOf = (error: unknown): string[] =>
  error instanceof Error ? (error.stack?.match(/^ +at .+$/gm) ?? []).map((frame) => frame.trim()) : []
