/** Background work. Tests call `processDue` and never sleep; a running service calls `start` and `stop`. */
export interface Loop {
  name: string
  /** Begins to work in the background. */
  start(): void
  /** Does all the work that is due now, once. */
  processDue(): Promise<void>
  /** Takes no new work and resolves when what is in flight is finished. */
  stop(): Promise<void>
  /** There may be something to do now. */
  wake(): void
}

/**
 * A loop around a step. The step does what is due and answers in how many milliseconds the next thing is due
 * (at most `maxWait`, which also bounds how late work of another replica is noticed). A failing step is reported
 * and tried again after a second: a loop never ends by an error.
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
  let rouse = () => {}
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
        rouse = () => {
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
      rouse()
      await running
    },
    wake: () => {
      awake = true
      rouse()
    },
  }
}
