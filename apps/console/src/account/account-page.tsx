import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

/** The layout of the pages for signing in and up. */
export const AccountPage = ({
  title,
  other,
  children,
}: {
  title: string
  other: { text: string; link: string; to: '/login' | '/signup' | '/settings' }
  children: ReactNode
}) => (
  <main className="mx-auto flex min-h-dvh w-full max-w-sm flex-col justify-center gap-6 px-5 py-10">
    <title>{`${title} · TaskFlow`}</title>
    <div className="flex items-center gap-3">
      <img src="/icon.svg" alt="" className="size-9" />
      <span className="text-xl font-semibold tracking-tight">TaskFlow</span>
    </div>
    <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
    {children}
    <p className="text-sm text-muted">
      {other.text}{' '}
      <Link
        to={other.to}
        search={({ from }) => ({ from })}
        className="font-medium text-accent underline underline-offset-4"
      >
        {other.link}
      </Link>
    </p>
  </main>
)
