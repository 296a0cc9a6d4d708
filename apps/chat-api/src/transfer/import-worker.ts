import { parentPort } from 'node:worker_threads'
import { sharedBudget, withinBudget } from '@taskflow/recurrence'
import type { NamedItem } from './import-item.ts'
import { ImportProblem } from './import-problem.ts'
import { type ImportFile, readImport } from './read-import.ts'

/** What the thread answers. */
export type ImportReading =
  | { items: NamedItem[] }
  | { problem: Pick<ImportProblem, 'problem' | 'place' | 'message' | 'mapping'> }

/** What the rules of a file may cost while it is read, in steps: half a second. */
const ruleSteps = 5_000_000

const read = (file: ImportFile): ImportReading => {
  try {
    return { items: withinBudget(sharedBudget(ruleSteps), () => readImport(file)) }
  } catch (error) {
    if (!(error instanceof ImportProblem)) throw error
    const { problem, place, message, mapping } = error
    return { problem: { problem, place, message, mapping } }
  }
}

parentPort!.on('message', (file: ImportFile) => parentPort!.postMessage(read(file)))
