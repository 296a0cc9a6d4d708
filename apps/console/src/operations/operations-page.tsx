import { Page } from '../components/page.tsx'

/** The mesh, for engineers. Only whoever has the admin role comes here, and only then is it loaded. */
export const OperationsPage = () => (
  <Page title="Operations">
    <p className="text-muted">
      The interface for operators is described at{' '}
      <a href="/docs" className="text-accent underline underline-offset-4">
        /docs
      </a>
      .
    </p>
  </Page>
)
