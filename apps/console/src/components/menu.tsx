import { cloneElement, lazy, type ReactElement, type ReactNode, Suspense, useState } from 'react'

const load = () => import('./menu-popup.tsx')
const MenuPopup = lazy(() => load().then(({ MenuPopup }) => ({ default: MenuPopup })))

/** One entry of a menu. */
export const MenuItem = lazy(() => load().then(({ MenuItem }) => ({ default: MenuItem })))

/**
 * A button that opens a menu. The menu itself is mounted on the first press: every row of the list of tasks has one.
 */
export const Menu = ({
  trigger,
  children,
}: {
  trigger: ReactElement<{ onClick?: () => void; onPointerEnter?: () => void; 'aria-haspopup'?: 'menu' }>
  children: ReactNode
}) => {
  const [isWanted, want] = useState(false)
  if (isWanted) {
    return (
      <Suspense fallback={trigger}>
        <MenuPopup trigger={trigger}>{children}</MenuPopup>
      </Suspense>
    )
  }
  return cloneElement(trigger, {
    'aria-haspopup': 'menu',
    onClick: () => want(true),
    onPointerEnter: () => void load(),
  })
}
