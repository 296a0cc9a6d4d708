import { config } from 'zod'

// The AI SDK reads its streams with zod, which would try whether it may make code out of text: the page forbids it and the
// browser would complain. Imported before anything that makes schemas.
config({ jitless: true })
