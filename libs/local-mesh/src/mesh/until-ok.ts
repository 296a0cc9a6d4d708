import { setTimeout as delay } from 'node:timers/promises'

/** Resolves when GET of `url` succeeds; throws after `deadline` (ms since the epoch) with the last response. */
export const untilOk = async (name: string, url: string, { deadline }: { deadline: number }): Promise<void> => {
  let last = 'no response'
  for (;;) {
    const response = await fetch(url, { signal: AbortSignal.timeout(3_000) }).catch(() => undefined)
    if (response?.ok) return
    if (response) last = await response.text()
    if (Date.now() > deadline) throw new Error(`${name} is not ready in time: ${last}`)
    await delay(50)
  }
}
