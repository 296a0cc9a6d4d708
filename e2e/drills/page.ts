import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The SQL of a runbook by the name in its first line (`-- name: ...`), so that a drill runs what operators run. */
export const sqlOf = (page: string, name: string): string => {
  const text = readFileSync(join(import.meta.dirname, '../../docs/runbooks', page), 'utf8')
  const blocks = [...text.matchAll(/```sql\n([\s\S]*?)```/g)].map(([, sql]) => sql!)
  const found = blocks.find((sql) => sql.startsWith(`-- ${name}`))
  if (!found) throw new Error(`${page} has no SQL that begins with: -- ${name}`)
  return found
}
