import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  type ParsedLocation,
  redirect,
} from '@tanstack/react-router'
import { readSession } from './account/session.ts'
import { SignInPage } from './account/sign-in-page.tsx'
import { SignUpPage } from './account/sign-up-page.tsx'
import { AppLayout } from './layout/app-layout.tsx'
import { NotFoundPage } from './layout/not-found-page.tsx'
import { readFilter } from './tasks/task-filter.ts'
import { TasksPage } from './tasks/tasks-page.tsx'

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage })

/** Where to go after signing in: an address of this page only. */
const readFrom = ({ from }: Record<string, unknown>): { from?: string | undefined } =>
  typeof from === 'string' && /^\/(?![/\\])/.test(from) ? { from } : {}

const forGuests = () => {
  if (readSession()) throw redirect({ to: '/' })
}
const forPeople = ({ location }: { location: ParsedLocation }) => {
  if (!readSession()) throw redirect({ to: '/login', search: location.href === '/' ? {} : { from: location.href } })
}
const forAdmins = () => {
  if (readSession()?.user.role !== 'admin') throw redirect({ to: '/' })
}

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: readFrom,
  beforeLoad: forGuests,
  component: SignInPage,
})
const signup = createRoute({
  getParentRoute: () => root,
  path: '/signup',
  beforeLoad: forGuests,
  component: SignUpPage,
})
/** Where a provider sends people back to, signed in or not. Its response stays in the address until the page takes it. */
const providerReturn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in/$provider',
  component: lazyRouteComponent(() => import('./account/provider-return-page.tsx'), 'ProviderReturnPage'),
})
/** Beside the layout: whoever is asked for access decides about that and nothing else. */
const consent = createRoute({
  getParentRoute: () => root,
  path: '/consent/$uid',
  beforeLoad: forPeople,
  component: lazyRouteComponent(() => import('./consent/consent-page.tsx'), 'ConsentPage'),
})
/** Where links of mails lead, signed in or not. */
const mailPages = [
  createRoute({
    getParentRoute: () => root,
    path: '/forgot-password',
    component: lazyRouteComponent(() => import('./account/mail-pages.ts'), 'ForgotPasswordPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/reset-password',
    component: lazyRouteComponent(() => import('./account/mail-pages.ts'), 'ResetPasswordPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/confirm-email',
    component: lazyRouteComponent(() => import('./account/mail-pages.ts'), 'ConfirmEmailPage'),
  }),
] as const
const app = createRoute({ getParentRoute: () => root, id: 'app', beforeLoad: forPeople, component: AppLayout })

const tasks = createRoute({
  getParentRoute: () => app,
  path: '/',
  validateSearch: readFilter,
  component: TasksPage,
})
const recurring = createRoute({
  getParentRoute: () => app,
  path: '/recurring',
  component: lazyRouteComponent(() => import('./recurring/recurring-page.tsx'), 'RecurringPage'),
})
const calendar = createRoute({
  getParentRoute: () => app,
  path: '/calendar',
  validateSearch: (search: Record<string, unknown>): { month?: string | undefined; task?: string | undefined } => ({
    ...(/^\d{4}-\d\d$/.test(String(search.month)) ? { month: String(search.month) } : {}),
    ...(typeof search.task === 'string' ? { task: search.task } : {}),
  }),
  component: lazyRouteComponent(() => import('./calendar/calendar-page.tsx'), 'CalendarPage'),
})
const agenda = createRoute({
  getParentRoute: () => app,
  path: '/agenda',
  validateSearch: ({ task }: Record<string, unknown>): { task?: string } => (typeof task === 'string' ? { task } : {}),
  component: lazyRouteComponent(() => import('./calendar/agenda-page.tsx'), 'AgendaPage'),
})
const settings = createRoute({
  getParentRoute: () => app,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings/settings-page.tsx'), 'SettingsPage'),
})
const accountActivity = createRoute({
  getParentRoute: () => app,
  path: '/settings/activity',
  component: lazyRouteComponent(() => import('./account-activity/account-activity-page.tsx'), 'AccountActivityPage'),
})
/** Reads text parameters of an address; empty ones are left out. */
const texts =
  <Name extends string>(...names: Name[]) =>
  (search: Record<string, unknown>): { [Each in Name]?: string | undefined } =>
    Object.fromEntries(
      names.flatMap((name) => (typeof search[name] === 'string' && search[name] ? [[name, search[name]]] : [])),
    ) as { [Each in Name]?: string | undefined }

/** One chunk for all pages of the operations: the first load has nothing of it. */
const shownToAdmins = (name: keyof typeof import('./operations/pages.ts')) =>
  lazyRouteComponent(() => import('./operations/pages.ts'), name)

const operations = createRoute({
  getParentRoute: () => app,
  path: '/operations',
  beforeLoad: forAdmins,
  component: shownToAdmins('OperationsLayout'),
})
const operationsPages = [
  createRoute({
    getParentRoute: () => operations,
    path: '/',
    component: shownToAdmins('MeshPage'),
  }),
  createRoute({
    getParentRoute: () => operations,
    path: '/events',
    validateSearch: texts('topic', 'type', 'user_id', 'subject', 'correlation_id'),
    component: shownToAdmins('EventsPage'),
  }),
  createRoute({
    getParentRoute: () => operations,
    path: '/events/$id',
    component: shownToAdmins('StoryPage'),
  }),
  createRoute({
    getParentRoute: () => operations,
    path: '/consumers',
    component: shownToAdmins('ConsumersPage'),
  }),
  createRoute({
    getParentRoute: () => operations,
    path: '/dead-letters',
    validateSearch: texts('service', 'state'),
    component: shownToAdmins('DeadLettersPage'),
  }),
  createRoute({
    getParentRoute: () => operations,
    path: '/dead-letters/$id',
    component: shownToAdmins('DeadLetterPage'),
  }),
  createRoute({
    getParentRoute: () => operations,
    path: '/mail',
    component: shownToAdmins('MailPage'),
  }),
  createRoute({
    getParentRoute: () => operations,
    path: '/mail/$id',
    component: shownToAdmins('OneMailPage'),
  }),
  createRoute({
    getParentRoute: () => operations,
    path: '/audit',
    validateSearch: texts('user_id', 'type', 'task_id', 'correlation_id', 'from', 'to'),
    component: shownToAdmins('AuditPage'),
  }),
  createRoute({
    getParentRoute: () => operations,
    path: '/schedules',
    component: shownToAdmins('SchedulesPage'),
  }),
] as const

export const router = createRouter({
  routeTree: root.addChildren([
    login,
    signup,
    providerReturn,
    ...mailPages,
    consent,
    app.addChildren([
      tasks,
      recurring,
      calendar,
      agenda,
      settings,
      accountActivity,
      operations.addChildren(operationsPages),
    ]),
  ]),
  defaultPreload: 'intent',
  parseSearch: (text) => {
    const search = new URLSearchParams(text)
    return Object.fromEntries(
      [...new Set(search.keys())].map((name) => {
        const values = search.getAll(name)
        return [name, values.length > 1 ? values : values[0]]
      }),
    )
  },
  stringifySearch: (search) => {
    const pairs = Object.entries(search).flatMap(([name, value]) =>
      [value ?? []].flat().map((each) => [name, String(each)]),
    )
    return pairs.length > 0 ? `?${new URLSearchParams(pairs)}` : ''
  },
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
