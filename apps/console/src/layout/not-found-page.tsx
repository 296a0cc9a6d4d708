import { Link } from '@tanstack/react-router'

export const NotFoundPage = () => (
  <main className="mx-auto flex min-h-dvh max-w-sm flex-col justify-center gap-3 px-5">
    <h1 className="text-2xl font-semibold">There is nothing here</h1>
    <p className="text-muted">The address may have been mistyped, or what it led to is gone.</p>
    <Link to="/" className="font-medium text-accent underline underline-offset-4">
      Go to your tasks
    </Link>
  </main>
)
