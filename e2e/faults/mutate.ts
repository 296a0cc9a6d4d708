import { registerHooks } from 'node:module'
import type { Edit } from './mutation.ts'

// Loaded with --import into a service of a test's mesh: edits its source while it is loaded, not on disk.
const edits: Edit[] = JSON.parse(process.env.FAULTS_MUTATION ?? '[]')

registerHooks({
  load: (url, context, nextLoad) => {
    const loaded = nextLoad(url, context)
    const own = edits.filter(({ file }) => url.endsWith(file))
    if (own.length === 0) return loaded
    let source = String(loaded.source)
    for (const { file, from, to } of own) {
      if (!source.includes(from)) throw new Error(`the mutation finds nothing to change in ${file}: ${from}`)
      source = source.replace(from, () => to)
    }
    return { ...loaded, source }
  },
})
