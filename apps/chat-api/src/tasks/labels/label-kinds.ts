import { type LabelKind, text } from '@taskflow/tasks'
import type { z } from 'zod'

/** Tags and categories are kept alike: where they are found, and the names they can have. */
export const labelKinds = {
  tag: { path: '/api/v1/tags', plural: 'tags', name: text(1, 50) },
  category: { path: '/api/v1/categories', plural: 'categories', name: text(1, 100) },
} satisfies Record<LabelKind, { path: string; plural: string; name: z.ZodType }>
