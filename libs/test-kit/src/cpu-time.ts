/** Milliseconds that this process has computed: what others do on the machine does not count, unlike in the time of day. */
export const cpuTime = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}
