import './styles.css'
import { CSPProvider } from '@base-ui/react/csp-provider'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { readSession, watchSession } from './account/session.ts'
import { queryClient } from './api/query-client.ts'
import { Toasts } from './components/toasts.tsx'
import { router } from './router.tsx'
import { applyTheme } from './settings/theme.ts'
import { DeleteQuestion } from './tasks/delete-question.tsx'

applyTheme()

// The session has ended or changed, here or in another tab.
let user_id = readSession()?.user.id
watchSession(() => {
  const now = readSession()?.user.id
  if (now === user_id) return
  user_id = now
  void (now === undefined ? router.navigate({ to: '/login' }) : router.invalidate())
})

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <DeleteQuestion />
        <Toasts />
      </QueryClientProvider>
    </CSPProvider>
  </StrictMode>,
)
