import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { eventuallyWithin } from '@taskflow/test-kit'
import { type Forward, openForward } from './forward.ts'
import { namespace } from './kubectl.ts'

/** Where clients reach chat-api, whichever pods it has. */
export interface EntryPoint {
  /** Waits for a ready pod and returns its address. */
  url(): Promise<string>
  /** Keeps `urls` up to date with the addresses of ready pods. */
  follow(urls: string[]): void
  close(): void
}

/** A fixed address, such as that of an Ingress. */
export const entryPointAt = (url: string): EntryPoint => ({
  url: async () => url,
  follow: (urls) => void urls.splice(0, urls.length, url),
  close: () => {},
})

const eventually = eventuallyWithin(120)
const template = '{.metadata.name} {.status.conditions[?(@.type=="Ready")].status} {.metadata.deletionTimestamp}{"\\n"}'

/**
 * Forwards a port to each pod, because a port-forward to a Service stays with one pod and ends with it. New requests go
 * to the pods a Service would choose: ready and not terminating. Requests in flight finish where they are.
 */
export const forwardEntryPoint = (): EntryPoint => {
  const forwards = new Map<string, Forward>()
  const usable = new Set<string>()
  const followers: string[][] = []
  const addresses = () =>
    [...usable].flatMap((pod) => (forwards.has(pod) ? `http://127.0.0.1:${forwards.get(pod)!.port}` : []))
  const update = () => {
    for (const urls of followers) urls.splice(0, urls.length, ...addresses())
  }

  const onPod = async (pod: string, isUsable: boolean) => {
    if (isUsable) usable.add(pod)
    else usable.delete(pod)
    update()
    if (!isUsable || forwards.has(pod)) return
    const forward = await openForward(`pod/${pod}`, 8080).catch(() => undefined)
    if (!forward) return
    forwards.set(pod, forward)
    update()
    await forward.ended
    forwards.delete(pod)
    update()
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
      if (pod) void onPod(pod, ready === 'True' && !deleted)
    })
    // The API server closes a watch after a while.
    child.once('close', () => {
      if (!closing) watch = startWatch()
    })
    return child
  }
  watch = startWatch()

  return {
    url: () => eventually('a pod of chat-api is ready', async () => addresses()[0]),
    follow: (urls) => {
      followers.push(urls)
      update()
    },
    close: () => {
      closing = true
      watch.kill()
      for (const forward of forwards.values()) forward.stop()
    },
  }
}
