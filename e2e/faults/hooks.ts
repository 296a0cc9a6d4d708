// Loaded with --import into every service of a fault mesh: what cannot be done to a process from outside.

/** How long SIGUSR2 blocks the event loop, in ms. */
const blockedFor = 20_000

process.on('SIGUSR2', () => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, blockedFor)
})

/** Milliseconds by which the clock of this process is ahead. */
const ahead = Number(process.env.FAULTS_CLOCK_AHEAD ?? 0)

if (ahead !== 0) {
  const Real = Date
  const now = () => Real.now() + ahead
  globalThis.Date = new Proxy(Real, {
    construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  })
  const instant = () => Temporal.Instant.fromEpochMilliseconds(now())
  Object.defineProperty(Temporal.Now, 'instant', { value: instant })
}
