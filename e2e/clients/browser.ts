import { spawn } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { approve } from '@taskflow/chat-api/testing/oauth-app'

/**
 * What clients start as the browser ($BROWSER), with the address of the authorization server: allows the request as the
 * person of TASKFLOW_PERSON_TOKEN and goes back to the client. It returns at once, because a client may listen for the
 * browser only after having started it.
 */
const [address = '', mode] = process.argv.slice(2)
if (mode !== 'detached') {
  spawn(process.execPath, [import.meta.filename, address, 'detached'], { detached: true, stdio: 'ignore' }).unref()
} else {
  const { callback } = await approve(address, { token: process.env.TASKFLOW_PERSON_TOKEN ?? '' })
  for (let tries = 0; callback && tries < 100; tries++) {
    const answer = await fetch(callback).catch(() => undefined)
    if (answer) break
    await delay(200)
  }
}
