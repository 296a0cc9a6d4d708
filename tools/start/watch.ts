import type { Report } from '@taskflow/local-mesh'
import { isAlive } from '@taskflow/local-mesh'
import type { ProcessRecord } from './records.ts'

/** Says so, once each, when a process of the running mesh is gone. Nothing is started again: `dapr run` does not, and neither do we. */
export const watchProcesses = (
  records: readonly ProcessRecord[],
  { report, lastWords, everyMs = 1_000 }: { report: Report; lastWords(name: string): string; everyMs?: number },
): { stop(): void } => {
  const told = new Set<ProcessRecord>()
  const timer = setInterval(() => {
    for (const record of records) {
      if (told.has(record) || isAlive(record)) continue
      told.add(record)
      report(`${record.name} has stopped (${lastWords(record.name)}). To fix it: Ctrl-C, then npm start`)
    }
  }, everyMs)
  return { stop: () => clearInterval(timer) }
}
