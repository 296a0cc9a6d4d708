import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { eventuallyWithin } from '@taskflow/test-kit'
import { type Forward, openForward } from './forward.ts'
import { namespace } from './kubectl.ts'

/** Where people reach chat-api, whichever pods it has just now. */
export interface Door {
  /** An address that answers; waits for one. */
  url(): Promise<string>
  /** Keeps `urls` filled with the addresses that answer: none while there is no ready pod. */
  leadTo(urls: string[]): void
  close(): void
}

/** An address that somebody else takes care of, such as that of an Ingress. */
export const doorAt = (url: string): Door => ({
  url: async () => url,
  leadTo: (urls) => void urls.splice(0, urls.length, url),
  close: () => {},
})

const eventually = eventuallyWithin(120)
const template = '{.metadata.name} {.status.conditions[?(@.type=="Ready")].status} {.metadata.deletionTimestamp}{"\\n"}'

/**
 * A port-forward for each pod, for that to a Service stays with one pod and ends with it. New requests go to pods that a
 * Service would send them to: ready, and not about to end. What is on its way to another one is answered there.
 */
export const openDoor = (): Door => {
  const forwards = new Map<string, Forward>()
  const usable = new Set<string>()
  const followers: string[][] = []
  const addresses = () =>
    [...usable].flatMap((pod) => (forwards.has(pod) ? `http://127.0.0.1:${forwards.get(pod)!.port}` : []))
  const tell = () => {
    for (const urls of followers) urls.splice(0, urls.length, ...addresses())
  }

  const see = async (pod: string, isUsable: boolean) => {
    if (isUsable) usable.add(pod)
    else usable.delete(pod)
    tell()
    if (!isUsable || forwards.has(pod)) return
    const forward = await openForward(`pod/${pod}`, 8080).catch(() => undefined)
    if (!forward) return
    forwards.set(pod, forward)
    tell()
    await forward.ended
    forwards.delete(pod)
    tell()
  }

  let closing = false
  let watch: ReturnType<typeof startWatch>
  const startWatch = () => {
    const select = ['--selector', 'app.kubernetes.io/name=chat-api', '--output', `jsonpath=${template}`]
    const child = spawn('kubectl', ['--namespace', namespace, 'get', 'pods', '--watch', ...select], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [pod, ready, deleted] = line.split(' ')
      if (pod) void see(pod, ready === 'True' && !deleted)
    })
    // An API server ends a watch after a while.
    child.once('close', () => {
      if (!closing) watch = startWatch()
    })
    return child
  }
  watch = startWatch()

  return {
    url: () => eventually('a pod of chat-api is ready', async () => addresses()[0]),
    leadTo: (urls) => {
      followers.push(urls)
      tell()
    },
    close: () => {
      closing = true
      watch.kill()
      for (const forward of forwards.values()) forward.stop()
    },
  }
}
