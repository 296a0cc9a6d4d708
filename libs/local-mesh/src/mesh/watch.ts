import type { Report } from '../parts/part.ts'
import { isAlive } from '../parts/processes.ts'
import type { ProcessRecord } from './records.ts'

/** Reports each process of a running mesh that has exited, once. Restarts nothing, as `dapr run` does not either. */
export const watchProcesses = (
  records: readonly ProcessRecord[],
  { report, lastWords, everyMs = 1_000 }: { report: Report; lastWords(name: string): string; everyMs?: number },
): { stop(): void } => {
  const reported = new Set<ProcessRecord>()
  const timer = setInterval(() => {
    for (const record of records) {
      if (reported.has(record) || isAlive(record)) continue
      reported.add(record)
      report(`${record.name} has stopped (${lastWords(record.name)}). To fix it: Ctrl-C, then npm start`)
    }
  }, everyMs)
  return { stop: () => clearInterval(timer) }
}
