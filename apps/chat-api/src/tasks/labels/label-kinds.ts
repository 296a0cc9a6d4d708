import { type LabelKind, label } from '@taskflow/tasks'
import type { z } from 'zod'

/** Tags and categories are kept alike: where they are found, and the names they can have. */
export const labelKinds = {
  tag: { path: '/api/v1/tags', plural: 'tags', name: label(50) },
  category: { path: '/api/v1/categories', plural: 'categories', name: label(100) },
} satisfies Record<LabelKind, { path: string; plural: string; name: z.ZodType }>
