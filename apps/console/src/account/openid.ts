import { useQuery } from '@tanstack/react-query'
import { api, bodyOf } from '../api/api.ts'
import type { SignedIn } from '../api/openapi.d.ts'
import { publicApi } from '../api/send.ts'

/** The OpenID providers that people may sign in with. */
export const useProviders = () =>
  useQuery({
    queryKey: ['openid-providers'],
    queryFn: ({ signal }) => bodyOf(publicApi.GET('/auth/openid/providers', { signal })),
    staleTime: Number.POSITIVE_INFINITY,
  }).data?.data ?? []

/** Why this tab went to a provider: it comes back with nothing but the provider's response. */
interface Errand {
  to: 'sign in' | 'link'
  /** Where the person goes on afterwards. */
  from: string
}

const key = 'taskflow.at-provider'

const leave = (url: string, errand: Errand) => {
  sessionStorage.setItem(key, JSON.stringify(errand))
  window.location.assign(url)
}

export const readErrand = (): Errand => {
  const text = sessionStorage.getItem(key)
  return text === null ? { to: 'sign in', from: '/' } : (JSON.parse(text) as Errand)
}

/** Sends the person to a provider to sign in there. */
export const signInAt = async (provider: string, from: string): Promise<void> => {
  const { url } = await bodyOf(publicApi.POST('/auth/openid/login/options', { body: { provider } }))
  leave(url, { to: 'sign in', from })
}

/** Sends the person to a provider, to link their account there. */
export const linkAt = async (provider: string, password: string | undefined): Promise<void> => {
  const body = { provider, ...(password === undefined ? {} : { password }) }
  const { url } = await bodyOf(api.POST('/auth/openid/links/options', { body }))
  leave(url, { to: 'link', from: '/settings' })
}

/** Signs in with the response of a provider; a new account gets time zone and language of the browser. */
export const signInWith = (provider: string, response: string, code?: string): Promise<SignedIn> => {
  const time_zone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'
  const about = { time_zone, locale: navigator.language || 'en' }
  const body = { provider, response, ...about, ...(code === undefined ? {} : { code: code.trim() }) }
  return bodyOf(publicApi.POST('/auth/openid/login', { body }))
}

export const linkWith = async (provider: string, response: string): Promise<void> => {
  await api.POST('/auth/openid/links', { body: { provider, response } })
}
