import { chmod, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Dapr } from './dapr.ts'

/**
 * Makes a folder for DAPR_RUNTIME_PATH, so that the command line tool leaves ~/.dapr alone. Its `daprd` is a script that
 * adds what a run file cannot say: the ports for other sidecars and for metrics listen on this machine only, since nobody
 * who reaches the first needs a token; and secrets of this one sidecar, from `secretsFile`, which names a file of
 * assignments. The command line tool requires a components folder and a configuration too, even when the run file names
 * others.
 */
export const makeRuntimeFolder = async (
  folder: string,
  { daprd }: Pick<Dapr, 'daprd'>,
  secretsFile: (appId: string) => string,
): Promise<void> => {
  const home = join(folder, '.dapr')
  await mkdir(join(home, 'bin'), { recursive: true })
  await mkdir(join(home, 'components'), { recursive: true })
  const configuration = { apiVersion: 'dapr.io/v1alpha1', kind: 'Configuration', metadata: { name: 'empty' }, spec: {} }
  await writeFile(join(home, 'config.yaml'), `${JSON.stringify(configuration)}\n`)
  const script = join(home, 'bin', 'daprd')
  await rm(script, { force: true })
  await writeFile(script, wrapper(daprd, secretsFile))
  await chmod(script, 0o755)
}

const wrapper = (daprd: string, secretsFile: (appId: string) => string): string => `#!/bin/sh
# Written by npm start: libs/local-mesh/src/dapr/runtime-folder.ts says why.
previous= app=
for argument in "$@"; do
  [ "$previous" = --app-id ] && app=$argument
  previous=$argument
done
unset DATABASE_URL
secrets=${shellQuote(secretsFile('$app')).replace('$app', `'"$app"'`)}
if [ -n "$app" ] && [ -r "$secrets" ]; then set -a; . "$secrets"; set +a; fi
exec ${shellQuote(daprd)} "$@" --dapr-internal-grpc-listen-address 127.0.0.1 --metrics-listen-address 127.0.0.1
`

/** Quotes a text for sh. Single quotes keep every character but the single quote itself. */
export const shellQuote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
