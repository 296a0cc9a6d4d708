import { config } from 'zod'

// The AI SDK reads its streams with zod, which tries whether it may evaluate code: the page's policy forbids that, and
// the browser would report a violation. Imported before anything that makes schemas.
config({ jitless: true })
