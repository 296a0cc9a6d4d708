import { Outlet, useLocation } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { ConfirmationBanner } from '../account/confirmation-note.tsx'
import { useAccount } from '../account/use-account.ts'
import { ChatPlace } from '../chat/chat-place.tsx'
import { OfflineBanner } from '../live/offline-banner.tsx'
import { useLive } from '../live/use-live.ts'
import { Labels } from '../tasks/labels.tsx'
import { Navigation } from './navigation.tsx'
import { belowId, mainId, sidePanelId } from './places.ts'

/**
 * Everything behind the sign-in: navigation on the left (below on a small screen), the page, below it the place for
 * actions on a selection, and to the right the place for a side panel (side-panel.tsx).
 */
export const AppLayout = () => {
  const { id } = useAccount()
  const { isLost } = useLive(id)
  const { pathname } = useLocation()
  const main = useRef<HTMLElement>(null)
  const shown = useRef(pathname)
  // Another page begins at its top, for screen readers too.
  useEffect(() => {
    if (shown.current === pathname) return
    shown.current = pathname
    main.current?.scrollTo(0, 0)
    main.current?.focus()
  }, [pathname])
  return (
    <div className="flex h-dvh flex-col">
      <a
        href={`#${mainId}`}
        className="fixed top-2 left-2 z-50 -translate-y-20 rounded-lg bg-accent px-4 py-2 text-on-accent focus:translate-y-0"
      >
        Skip to content
      </a>
      <OfflineBanner isLost={isLost} />
      <ConfirmationBanner />
      <div className="flex min-h-0 flex-1 flex-col md:flex-row">
        <div className="flex flex-col gap-6 overflow-y-auto max-md:contents md:w-56 md:shrink-0 md:border-r md:border-line md:px-3 md:py-6">
          <div className="flex items-center gap-2.5 px-3 max-md:hidden">
            <img src="/icon.svg" alt="" className="size-7" />
            <span className="font-semibold tracking-tight">TaskFlow</span>
          </div>
          <Navigation />
          <Labels />
        </div>
        <div className="flex min-h-0 min-w-0 flex-1 flex-col">
          <main ref={main} id={mainId} tabIndex={-1} className="relative min-h-0 flex-1 overflow-y-auto outline-none">
            <Outlet />
          </main>
          <div id={belowId} />
        </div>
        <div id={sidePanelId} className="shrink-0" />
        <ChatPlace />
      </div>
    </div>
  )
}
