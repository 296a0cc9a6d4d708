import { ConfigError, EXIT_CONFIG } from './config.ts'
import type { ServiceApp } from './create-service-app.ts'

/**
 * Runs a service until SIGTERM or SIGINT and answers its exit code: 0 after a clean stop, 78 when the environment is
 * not fit to start with, 1 when it could not start or stop.
 */
export const run = async (create: () => ServiceApp): Promise<number> => {
  const signal = Promise.withResolvers<void>()
  // A second signal changes nothing: whoever cannot wait sends SIGKILL.
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, () => signal.resolve())
  try {
    const app = create()
    await app.listen()
    app.work()
    await signal.promise
    await app.stop()
    return 0
  } catch (error) {
    if (error instanceof ConfigError) {
      for (const problem of error.problems) console.error(`configuration: ${problem}`)
      return EXIT_CONFIG
    }
    console.error(startFailure(error))
    return 1
  }
}

const startFailure = (error: unknown): string => {
  const { code, port } = error as { code?: string; port?: number }
  if (code === 'EADDRINUSE')
    return `port ${port} is in use; end what listens there or set another port in the environment`
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}
