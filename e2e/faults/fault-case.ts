import type { FaultMesh } from './fault-mesh.ts'
import type { Load } from './load.ts'

/** A fault that is injected under load. */
export interface FaultCase {
  name: string
  /** Part of `npm test`, not only of `npm run faults`. */
  quick?: true
  /** Overrides the load of the suite. */
  load?: { people: number; rate: number }
  /**
   * `isTimed`: time limits count. Not in `npm test`, where other load on the machine would break them.
   * May return another check, which runs when the mesh is quiet; it returns what is wrong.
   */
  // biome-ignore lint/suspicious/noConfusingVoidType: most faults have nothing to check
  inject: (mesh: FaultMesh, load: Load, isTimed: boolean) => Promise<void | (() => Promise<string[]>)>
  /** Brokers of its mesh; 1 by default. */
  brokers?: 3
  /** Why the case cannot run on this machine; undefined when it can. */
  obstacle?: () => Promise<string | undefined>
  /** It kills notification-service between sending a mail and noting that: the mail may come twice. */
  repeatsMails?: true
  /** Seconds from the end of the fault until the mesh is quiet, at most; only where time limits count. */
  recoversWithin?: number
}
