import { Toast } from '@base-ui/react/toast'
import { X } from 'lucide-react'
import { describeError } from '../api/problems.ts'

const manager = Toast.createToastManager()

/** Shows a short message, optionally with one action. */
export const say = (title: string, action?: { label: string; act: () => void }, description?: string): void => {
  const id = manager.add({
    title,
    ...(description === undefined ? {} : { description }),
    timeout: action ? 10_000 : 5_000,
    ...(action && {
      actionProps: {
        children: action.label,
        onClick: () => {
          manager.close(id)
          action.act()
        },
      },
    }),
  })
}

/** Shows an error as a short message. */
export const sayError = (error: unknown): void => {
  manager.add({ title: describeError(error), type: 'error', priority: 'high', timeout: 10_000 })
}

export const Toasts = () => (
  <Toast.Provider toastManager={manager} limit={3}>
    <Toast.Portal>
      <Toast.Viewport className="fixed inset-x-4 bottom-20 z-50 flex flex-col items-center gap-2 md:bottom-6">
        <ToastList />
      </Toast.Viewport>
    </Toast.Portal>
  </Toast.Provider>
)

const ToastList = () =>
  Toast.useToastManager().toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className="w-full max-w-md rounded-xl bg-ink text-canvas shadow-lg transition-opacity duration-200 data-ending-style:opacity-0 data-limited:hidden data-starting-style:opacity-0"
    >
      <Toast.Content className="flex items-center gap-2 py-2 pr-2 pl-4">
        <div className="min-w-0 flex-1 py-1">
          <Toast.Title className="truncate text-sm" render={<p />} />
          <Toast.Description className="truncate text-xs opacity-80" />
        </div>
        <Toast.Action className="min-h-9 shrink-0 rounded-lg px-3 text-sm font-semibold underline-offset-4 hover:underline" />
        <Toast.Close
          aria-label="Dismiss"
          className="grid size-9 shrink-0 place-items-center rounded-lg opacity-70 hover:opacity-100"
        >
          <X size={16} aria-hidden />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ))
