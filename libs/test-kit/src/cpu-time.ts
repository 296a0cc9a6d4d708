import assert from 'node:assert/strict'

/** Milliseconds that this process has computed: what others do on the machine does not count, unlike in the time of day. */
const cpuTime = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

/** Milliseconds that `calculate` takes on the machine for which the limits of tests were chosen. */
const usual = 25

const calculate = (): number => {
  let sum = 1
  for (let step = 0; step < 25_000_000; step++) sum = (Math.imul(sum, 31) + step) | 0
  return sum
}

/** How many times slower this machine computes now: neighbours on the same processor take caches and turbo. At least 1. */
const slowness = (): number => {
  const began = cpuTime()
  calculate()
  return Math.max(1, (cpuTime() - began) / usual)
}

/**
 * Runs `work`, and fails if it computes for longer than `limit` milliseconds (CPU time of all threads; on a slower
 * machine, longer in proportion). With `attempts`, work that can be repeated passes if one run is within the limit:
 * garbage of earlier work counts once, hostile input is slow every time.
 */
export const withinCpuTime = async <T>(
  limit: number,
  work: () => T | Promise<T>,
  { attempts = 1, what = 'it' }: { attempts?: number; what?: string } = {},
): Promise<T> => {
  for (let attempt = 1; ; attempt++) {
    const began = cpuTime()
    const result = await work()
    const took = cpuTime() - began
    if (took < limit || took / slowness() < limit) return result
    assert.ok(attempt < attempts, `${what} took ${Math.round(took)} ms of CPU, more than ${limit}`)
  }
}
