/** Background work. Tests call `processDue` and never sleep; a running service calls `start` and `stop`. */
export interface Loop {
  name: string
  /** Starts to work in the background. */
  start(): void
  /** Does the work that is due now, once. */
  processDue(): Promise<void>
  /** Takes no new work and resolves when what is in flight is finished. */
  stop(): Promise<void>
  /** Something may be due now. */
  wake(): void
}

/**
 * Runs a step again and again. The step does what is due and returns in how many milliseconds the next work is due.
 * `maxWait` bounds that, and with it how late work of another replica is noticed. A failing step is reported and
 * retried after a second: an error never ends a loop.
 */
export const createLoop = (options: {
  name: string
  maxWait: number
  step: (signal: AbortSignal) => Promise<number>
  onError: (error: unknown) => void
}): Loop => {
  const stopping = new AbortController()
  let running: Promise<void> | undefined
  let awake = false
  let endWait = () => {}
  const run = async () => {
    while (!stopping.signal.aborted) {
      awake = false
      const wait = await options.step(stopping.signal).catch((error) => {
        options.onError(error)
        return 1_000
      })
      if (awake || wait <= 0 || stopping.signal.aborted) continue
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(wait, options.maxWait))
        endWait = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }
  return {
    name: options.name,
    start: () => {
      running ??= run()
    },
    processDue: async () => {
      await options.step(stopping.signal)
    },
    stop: async () => {
      stopping.abort()
      endWait()
      await running
    },
    wake: () => {
      awake = true
      endWait()
    },
  }
}
