/**
 * Whether a dialog or menu is over the page. The focus moves into it a moment after it is shown: keys pressed until
 * then reach what is under it, and must do nothing there.
 */
export const isCovered = (): boolean => document.querySelector(modal) !== null

/** Toasts are dialogs too, but not modal ones. */
const modal = '[role=dialog]:not([aria-modal=false]), [role=alertdialog]:not([aria-modal=false]), [role=menu]'
