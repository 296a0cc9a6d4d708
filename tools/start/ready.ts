import { setTimeout as delay } from 'node:timers/promises'
import type { Report } from '@taskflow/local-mesh'
import { type ServiceName, serviceNames } from '@taskflow/service-kit'
import type { Settings } from './settings.ts'

/**
 * Resolves when /readyz of every service says ok, which includes that its sidecar has every subscription. Says which are
 * ready as they become so, and what is missing after `patienceMs` and as often again. `check` runs before each round and may throw.
 */
export const untilReady = async (
  ports: Settings['services'],
  {
    check,
    report,
    signal,
    patienceMs = 60_000,
  }: { check(): void; report: Report; signal: AbortSignal; patienceMs?: number },
): Promise<void> => {
  const told = new Set<ServiceName>()
  let sayMissingAt = Date.now() + patienceMs
  for (;;) {
    check()
    const problems = await Promise.all(
      serviceNames.map(async (name) => [name, await problemOf(ports[name].app)] as const),
    )
    signal.throwIfAborted()
    for (const [name, problem] of problems) {
      if (problem || told.has(name)) continue
      told.add(name)
      report(`${name} and its sidecar are ready`)
    }
    const missing = problems.filter(([, problem]) => problem)
    if (missing.length === 0) return
    if (Date.now() > sayMissingAt) {
      report(`Still waiting for ${missing.map(([name, problem]) => `${name} (${problem})`).join('; ')}`)
      sayMissingAt = Date.now() + patienceMs
    }
    await delay(200, undefined, { signal })
  }
}

/** What a service lacks, in its own words; undefined when it lacks nothing. */
export const problemOf = async (port: number): Promise<string | undefined> => {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(3_000) })
    const { status, checks = {} } = (await response.json()) as { status?: string; checks?: Record<string, string> }
    if (response.ok && status === 'ok') return undefined
    const failed = Object.entries(checks).filter(([, state]) => state !== 'ok')
    return failed.map(([name, state]) => `${name}: ${state}`).join(', ') || `status ${response.status}`
  } catch {
    return 'does not answer'
  }
}
