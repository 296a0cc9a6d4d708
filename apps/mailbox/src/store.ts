import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseMessage, type StoredMessage } from './message.ts'

export type Store = Awaited<ReturnType<typeof openStore>>

/** A message's id is the time it arrived: file names sort in that order, and `Created` needs no other record. */
const idPattern = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/

const idOf = (epochMilliseconds: number) => new Date(epochMilliseconds).toISOString().replace(/[-:.]/g, '')

const epochOf = (id: string) => Date.parse(id.replace(idPattern, '$1-$2-$3T$4:$5:$6.$7Z'))

/**
 * Mails hold links that act for people: other users of this machine must not read them, those of an earlier version
 * neither. The owner of a mounted folder is somebody else, who has set its mode.
 */
const keepPrivate = async (dir: string, names: string[]): Promise<void> => {
  const unlessOthers = (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPERM' && error.code !== 'ENOENT') throw error
  }
  await chmod(dir, 0o700).catch(unlessOthers)
  const mails = names.filter((name) => /\.(eml|part)$/.test(name))
  await Promise.all(mails.map((name) => chmod(join(dir, name), 0o600).catch(unlessOthers)))
}

/**
 * The newest `keep` messages, one `<id>.eml` a message in `dir`, so that any mail program opens them.
 *
 * Adding a message only writes its bytes: it is parsed when it is first read, so a burst of ten thousand mails costs
 * the sender no more than the writes.
 */
export const openStore = async (dir: string, { keep = 1000 } = {}) => {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const names = await readdir(dir)
  await keepPrivate(dir, names)
  await Promise.all(names.filter((name) => name.endsWith('.part')).map((name) => rm(join(dir, name), { force: true })))
  /** Oldest first. */
  let ids = names
    .map((name) => name.replace(/\.eml$/, ''))
    .filter((id) => idPattern.test(id))
    .sort()
  let newest = ids.length > 0 ? epochOf(ids.at(-1)!) : 0
  const read = new Set<string>()
  const parsed = new Map<string, Promise<StoredMessage | null>>()

  const pathOf = (id: string) => join(dir, `${id}.eml`)

  const remove = async (gone: string[]) => {
    const leaving = new Set(gone)
    ids = ids.filter((id) => !leaving.has(id))
    for (const id of gone) {
      read.delete(id)
      parsed.delete(id)
    }
    await Promise.all(gone.map((id) => rm(pathOf(id), { force: true })))
  }
  const removeOldest = () => remove(ids.slice(0, Math.max(0, ids.length - keep)))
  await removeOldest()

  /** The bytes as received; null when the message does not exist (any more). */
  const raw = async (id: string) => (ids.includes(id) ? readFile(pathOf(id)).catch(() => null) : null)

  const parse = async (id: string) => {
    const bytes = await raw(id)
    return bytes && parseMessage(id, new Date(epochOf(id)), bytes)
  }

  return {
    /** Keeps a message; its file appears whole or not at all. */
    async add(bytes: Buffer): Promise<string> {
      newest = Math.max(Date.now(), newest + 1)
      const id = idOf(newest)
      await writeFile(join(dir, `${id}.part`), bytes, { mode: 0o600 })
      await rename(join(dir, `${id}.part`), pathOf(id))
      // Two messages written at once may finish in the other order.
      const after = ids.findLastIndex((other) => other < id)
      ids.splice(after + 1, 0, id)
      await removeOldest()
      return id
    },
    raw,
    /** What lists and searches need; kept in memory once parsed. The bodies are not: see `bodies` of message.ts. */
    get(id: string): Promise<StoredMessage | null> {
      const known = parsed.get(id) ?? parse(id)
      if (ids.includes(id)) parsed.set(id, known)
      return known
    },
    /** Newest first. */
    ids: () => ids.toReversed(),
    isRead: (id: string) => read.has(id),
    markRead: (id: string) => read.add(id),
    unread: () => ids.filter((id) => !read.has(id)).length,
    remove,
  }
}
