import type { Feature } from '../http/feature.ts'
import type { OperationDeps } from './deps.ts'
import { listDeadLetters } from './endpoints/list-dead-letters.ts'
import { listEvents } from './endpoints/list-events.ts'
import { listMailbox } from './endpoints/list-mailbox.ts'
import { listUsers } from './endpoints/list-users.ts'
import { pauseSubscription, resumeSubscription } from './endpoints/pause-subscription.ts'
import { publishTestEvent } from './endpoints/publish-test-event.ts'
import { setLogLevel } from './endpoints/set-log-level.ts'
import {
  discardDeadLetter,
  discardMatching,
  redriveDeadLetter,
  redriveDeadLetters,
  redriveMatching,
} from './endpoints/settle-dead-letters.ts'
import { showChain } from './endpoints/show-chain.ts'
import { showDeadLetter } from './endpoints/show-dead-letter.ts'
import { showLag } from './endpoints/show-lag.ts'
import { showMail } from './endpoints/show-mail.ts'
import { showMesh } from './endpoints/show-mesh.ts'
import { showOutbox } from './endpoints/show-outbox.ts'
import { showSchedules } from './endpoints/show-schedules.ts'
import { showStory } from './endpoints/show-story.ts'
import { tailEvents } from './endpoints/tail-events.ts'

/** What operators look at and do: the state of the mesh, events, dead letters, caught mail. */
export const operations = (deps: OperationDeps): Feature => ({
  endpoints: [
    listDeadLetters(deps),
    redriveDeadLetters(deps),
    redriveMatching(deps),
    discardMatching(deps),
    pauseSubscription(deps),
    resumeSubscription(deps),
    showDeadLetter(deps),
    redriveDeadLetter(deps),
    discardDeadLetter(deps),
    showMesh(deps),
    showOutbox(deps),
    showLag(deps),
    showSchedules(deps),
    listEvents(deps),
    tailEvents(deps),
    showStory(deps),
    publishTestEvent(deps),
    showChain(deps),
    listMailbox(deps),
    showMail(deps),
    listUsers(deps),
    setLogLevel(deps),
  ],
  loops: [deps.eventTail.loop],
})
