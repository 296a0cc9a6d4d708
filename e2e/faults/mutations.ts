import { effectMutations } from './effect-mutations.ts'
import { inboxMutations } from './inbox-mutations.ts'
import type { Mutation } from './mutation.ts'
import { outboxMutations } from './outbox-mutations.ts'

export const mutations: Mutation[] = [...outboxMutations, ...inboxMutations, ...effectMutations]
