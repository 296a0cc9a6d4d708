/** The sidecar and the command line tool that runs several of them from one file. Their releases are independent. */
export const daprVersions = { daprd: '1.18.2', dapr: '1.16.5' } as const
export type DaprProgram = keyof typeof daprVersions
