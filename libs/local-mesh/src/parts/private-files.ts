import { chmodSync, fchmodSync, mkdirSync, openSync } from 'node:fs'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Secrets, mails, logs and data are for this user only; a mode given on creation would not apply to what exists. */
const [folderMode, fileMode] = [0o700, 0o600]

export const makePrivateFolder = async (folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: folderMode })
  await chmod(folder, folderMode)
}

/** The text gets into the file only after the file's mode is right. */
export const writePrivateFile = async (file: string, text: string): Promise<void> => {
  await writeFile(file, '', { flag: 'a', mode: fileMode })
  await chmod(file, fileMode)
  await writeFile(file, text)
}

/** Opens a log for appending; creates its folder when it is missing. */
export const openPrivateLog = (file: string): number => {
  const isNew = mkdirSync(dirname(file), { recursive: true, mode: folderMode }) !== undefined
  if (isNew) chmodSync(dirname(file), folderMode)
  const log = openSync(file, 'a', fileMode)
  fchmodSync(log, fileMode)
  return log
}
