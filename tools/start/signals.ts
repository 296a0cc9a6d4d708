/**
 * Turns the first SIGINT, SIGTERM or SIGHUP into an abort and a second Ctrl-C into `force`. One Ctrl-C can arrive
 * twice, from the terminal and from npm, so signals within a second count once.
 */
export const stopOnSignals = (force: () => void): AbortSignal => {
  const stop = new AbortController()
  let first = 0
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (name === 'SIGINT' && first > 0 && Date.now() - first > 1_000) force()
      first ||= Date.now()
      stop.abort()
    })
  }
  return stop.signal
}
