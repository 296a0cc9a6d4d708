import { cloneElement, lazy, type ReactElement, type ReactNode, Suspense, useState } from 'react'

const load = () => import('./menu-popup.tsx')
const MenuPopup = lazy(() => load().then(({ MenuPopup }) => ({ default: MenuPopup })))

/** One thing to do of a menu. */
export const MenuItem = lazy(() => load().then(({ MenuItem }) => ({ default: MenuItem })))

/**
 * A list of things to do, by a button. Until somebody presses it there is only the button: a list of tasks has a menu in
 * each row.
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
