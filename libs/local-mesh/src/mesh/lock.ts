import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { PartError } from '../parts/part.ts'
import { identify, isAlive, type ProcessIdentity } from '../parts/processes.ts'

/** Allows one start per clone. Returns a function that releases the lock. The lock of a dead process is taken over. */
export const takeStartLock = async (file: string, address: string): Promise<() => Promise<void>> => {
  await mkdir(dirname(file), { recursive: true })
  const content = `${JSON.stringify({ ...identify(process.pid), address })}\n`
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      await writeFile(file, content, { flag: 'wx' })
      return () => rm(file, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const holder = await readHolder(file)
    if (holder && isAlive(holder)) {
      throw new PartError(`TaskFlow already runs from this folder, at ${holder.address} (pid ${holder.pid}).`, {
        fix: `press Ctrl-C there, or: kill ${holder.pid}`,
      })
    }
    await rm(file, { force: true })
  }
  throw new PartError('Another npm start began in this folder at the same moment.', { fix: 'npm start' })
}

const readHolder = async (file: string): Promise<(ProcessIdentity & { address: string }) | undefined> => {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch {
    return undefined
  }
}
