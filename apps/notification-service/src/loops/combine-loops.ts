import type { Loop } from '@taskflow/service-kit'

/** Several loops as one. */
export const combineLoops = (name: string, loops: Loop[]): Loop => ({
  name,
  start: () => {
    for (const loop of loops) loop.start()
  },
  processDue: async () => {
    await Promise.all(loops.map((loop) => loop.processDue()))
  },
  stop: async () => {
    await Promise.all(loops.map((loop) => loop.stop()))
  },
  wake: () => {
    for (const loop of loops) loop.wake()
  },
})
