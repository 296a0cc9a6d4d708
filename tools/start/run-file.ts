import { readFile, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { ServiceName } from '@taskflow/service-kit'
import { parse, stringify } from 'yaml'
import type { Settings } from './settings.ts'

interface RunFile {
  common: { resourcesPaths: string[]; configFilePath: string }
  apps: { appID: ServiceName; appDirPath: string; appPort: number; daprHTTPPort: number; daprGRPCPort: number }[]
}

/** The run file of the repository, or a copy of it when the ports differ. */
export const fittingRunFile = async (file: string, copy: string, ports: Settings['services']): Promise<string> => {
  const runFile = parse(await readFile(file, 'utf8')) as RunFile
  const changed = withPorts(runFile, ports)
  if (JSON.stringify(changed) === JSON.stringify(runFile)) return file
  const absolute = (path: string) => resolve(dirname(file), path)
  const { common } = changed
  const moved = {
    ...changed,
    common: {
      ...common,
      resourcesPaths: common.resourcesPaths.map(absolute),
      configFilePath: absolute(common.configFilePath),
    },
    apps: changed.apps.map((app) => ({ ...app, appDirPath: absolute(app.appDirPath) })),
  }
  await writeFile(copy, stringify(moved))
  return copy
}

const withPorts = (runFile: RunFile, ports: Settings['services']): RunFile => ({
  ...runFile,
  apps: runFile.apps.map((app) => {
    const { app: appPort, http: daprHTTPPort, grpc: daprGRPCPort } = ports[app.appID]
    return { ...app, appPort, daprHTTPPort, daprGRPCPort }
  }),
})
