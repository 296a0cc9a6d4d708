import { closeSync, fstatSync, openSync, readSync, symlinkSync } from 'node:fs'
import { readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { makePrivateFolder, type Report } from '@taskflow/local-mesh'
import { serviceNames } from '@taskflow/service-kit'
import { createRepeatFilter, shortLine } from './log-line.ts'
import type { Paths } from './paths.ts'

/** Starts new logs; those of the last start move to `logs.previous`. */
export const beginLogs = async (paths: Paths): Promise<void> => {
  await rm(paths.previousLogs, { recursive: true, force: true })
  await rename(paths.logs, paths.previousLogs).catch(() => {})
  await makePrivateFolder(paths.logs)
  for (const service of serviceNames) {
    const folder = paths.serviceLogs(service)
    await makePrivateFolder(folder)
    for (const file of await readdir(folder).catch(() => [])) {
      await makePrivateFolder(paths.previousLogs)
      await rm(join(paths.previousLogs, linkName(service, file)), { force: true })
      await rename(join(folder, file), join(paths.previousLogs, linkName(service, file)))
    }
  }
}

/**
 * `dapr run` writes logs into the folders of the services, under names with a timestamp. Links them into .taskflow/logs
 * under plain names, and reports shortened warnings and errors.
 */
export const followServiceLogs = (paths: Paths, report: Report): { stop(): void } => {
  const followed = new Map<string, ReturnType<typeof tail>>()
  const linked = new Set<string>()
  const isNew = createRepeatFilter()
  const look = async () => {
    for (const service of serviceNames) {
      for (const file of await readdir(paths.serviceLogs(service)).catch(() => [])) {
        const name = linkName(service, file)
        if (linked.has(name) || !file.endsWith('.log')) continue
        linked.add(name)
        const path = join(paths.serviceLogs(service), file)
        symlinkSync(path, join(paths.logs, name))
        followed.set(name, tail(path))
      }
    }
    for (const [name, readNew] of followed) {
      for (const line of readNew()) {
        const short = shortLine(line)
        if (!short) continue
        const text = `${name.slice(0, -'.log'.length)}: ${short}`
        if (isNew(text)) report(text)
      }
    }
  }
  let busy = false
  const timer = setInterval(() => {
    if (busy) return
    busy = true
    look()
      .catch(() => {}) // an unreadable log must not stop the mesh
      .finally(() => {
        busy = false
      })
  }, 300)
  return { stop: () => clearInterval(timer) }
}

/** `chat-api_app_20261121.log` -> `chat-api.log`, `chat-api_daprd_20261121.log` -> `chat-api.sidecar.log`. */
const linkName = (service: string, file: string): string =>
  file.includes('_daprd_') ? `${service}.sidecar.log` : `${service}.log`

/** Returns a function that returns the complete lines written since its last call. */
const tail = (file: string): (() => string[]) => {
  let position = 0
  let rest = ''
  return () => {
    const handle = openSync(file, 'r')
    try {
      const size = fstatSync(handle).size
      const chunk = Buffer.alloc(Math.min(size - position, 1_000_000))
      position += readSync(handle, chunk, 0, chunk.length, position)
      const lines = `${rest}${chunk.toString('utf8')}`.split('\n')
      rest = lines.pop() ?? ''
      return lines
    } finally {
      closeSync(handle)
    }
  }
}
