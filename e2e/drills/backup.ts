import { execFile } from 'node:child_process'
import { appendFile, chown, mkdir, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Mesh } from '@taskflow/local-mesh'
import { withClient } from '../faults/checks.ts'

const run = promisify(execFile)

/** A base backup of a mesh's server, with the write-ahead log since. */
export interface Backup {
  archive: string
  file: string
  label: string
}

const dataOf = ({ folder }: Mesh) => realpath(join(folder, 'postgres'))

/** Turns on log archiving, as on a server with backups. Returns the folder of the archive. */
export const archiveLog = async (mesh: Mesh): Promise<string> => {
  const archive = join(mesh.folder, 'archive')
  await mkdir(archive)
  const { uid, gid } = await stat(await dataOf(mesh))
  await chown(archive, uid, gid)
  await withClient(mesh.databaseUrl, async (client) => {
    await client.query('ALTER SYSTEM SET archive_mode = on')
    await client.query(`ALTER SYSTEM SET archive_command = 'cp %p ${archive}/%f'`)
  })
  mesh.database.kill('SIGINT')
  await mesh.database.gone()
  await mesh.database.start()
  return archive
}

/**
 * Copies the files of the running server, between pg_backup_start and pg_backup_stop (PostgreSQL documentation,
 * 25.3.4).
 */
export const baseBackup = async (mesh: Mesh, archive: string): Promise<Backup> => {
  const file = join(mesh.folder, 'base.tar')
  const data = await dataOf(mesh)
  return withClient(mesh.databaseUrl, async (client) => {
    await client.query(`SELECT pg_backup_start('drill', fast => true)`)
    // 1: a file changed or disappeared while it was read; the log makes up for it.
    await run('tar', ['-C', data, '--exclude=./pg_wal/*', '--exclude=./postmaster.*', '-cf', file, '.']).catch(
      (error: { code?: number }) => {
        if (error.code !== 1) throw error
      },
    )
    const { rows } = await client.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop()')
    return { archive, file, label: rows[0]!.labelfile }
  })
}

/** Replaces the server and its disk: restores the backup and the archived log up to a moment. */
export const restoreTo = async (mesh: Mesh, backup: Backup, moment: string): Promise<void> => {
  const data = await dataOf(mesh)
  const { uid, gid } = await stat(data)
  mesh.database.kill('SIGQUIT')
  await mesh.database.gone()
  await rm(data, { recursive: true })
  await mkdir(data, { mode: 0o700 })
  await chown(data, uid, gid)
  await run('tar', ['-C', data, '-xpf', backup.file])
  await writeFile(join(data, 'backup_label'), backup.label)
  await writeFile(join(data, 'recovery.signal'), '')
  const settings = {
    restore_command: `cp ${backup.archive}/%f %p`,
    // No Z: time zone abbreviations are not loaded yet while the server starts.
    recovery_target_time: moment.replace('Z', '+00'),
    recovery_target_action: 'promote',
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'\n`)
  await appendFile(join(data, 'postgresql.auto.conf'), lines.join(''))
  for (const name of ['backup_label', 'recovery.signal']) await chown(join(data, name), uid, gid)
  await mesh.database.start()
  while (await isRecovering(mesh)) await delay(100)
}

const isRecovering = ({ databaseUrl }: Mesh): Promise<boolean> =>
  withClient(databaseUrl, async (client) => (await client.query('SELECT pg_is_in_recovery() AS yes')).rows[0].yes)
