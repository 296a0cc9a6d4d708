import { setTimeout as delay } from 'node:timers/promises'
import type { Report } from '@taskflow/local-mesh'
import { type ServiceName, serviceNames } from '@taskflow/service-kit'
import type { Settings } from './settings.ts'

/**
 * Resolves when /readyz of every service is ok, which includes that its sidecar has every subscription. Reports
 * services as they become ready, and every `reminderMs` what is missing. `check` runs before each round and may throw.
 */
export const untilReady = async (
  ports: Settings['services'],
  {
    check,
    report,
    signal,
    reminderMs = 60_000,
  }: { check(): void; report: Report; signal: AbortSignal; reminderMs?: number },
): Promise<void> => {
  const reported = new Set<ServiceName>()
  let nextReminder = Date.now() + reminderMs
  for (;;) {
    check()
    const problems = await Promise.all(
      serviceNames.map(async (name) => [name, await problemOf(ports[name].app)] as const),
    )
    signal.throwIfAborted()
    for (const [name, problem] of problems) {
      if (problem || reported.has(name)) continue
      reported.add(name)
      report(`${name} and its sidecar are ready`)
    }
    const missing = problems.filter(([, problem]) => problem)
    if (missing.length === 0) return
    if (Date.now() > nextReminder) {
      report(`Still waiting for ${missing.map(([name, problem]) => `${name} (${problem})`).join('; ')}`)
      nextReminder = Date.now() + reminderMs
    }
    await delay(200, undefined, { signal })
  }
}

/** Why a service is not ready, in its own words; undefined when it is. */
const problemOf = async (port: number): Promise<string | undefined> => {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(3_000) })
    const { status, checks = {} } = (await response.json()) as { status?: string; checks?: Record<string, string> }
    if (response.ok && status === 'ok') return undefined
    const failed = Object.entries(checks).filter(([, state]) => state !== 'ok')
    return failed.map(([name, state]) => `${name}: ${state}`).join(', ') || `status ${response.status}`
  } catch {
    return 'does not respond'
  }
}
