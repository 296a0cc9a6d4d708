/** Lists the caught mails, asks for new ones every two seconds, and shows the one named in the address (#ID). */
const REFRESH_MS = 2000

const byId = (id) => document.getElementById(id)
const [list, mail, count, query, clear] = ['list', 'mail', 'count', 'query', 'clear'].map(byId)
let shown = ''

/** Texts are only ever set as text: a subject is somebody else's. */
const element = (name, properties = {}, ...children) => {
  const node = Object.assign(document.createElement(name), properties)
  node.append(...children)
  return node
}

const person = ({ Name, Address }) => (Name ? `${Name} <${Address}>` : Address)
const people = (list) => list.map(person).join(', ')
const getJson = async (path) => {
  const response = await fetch(path)
  return response.ok ? response.json() : null
}

const row = (message) => {
  const when = new Date(message.Created).toLocaleString()
  const link = element(
    'a',
    { href: `#${message.ID}`, className: message.Read ? '' : 'unread' },
    element('strong', {}, message.Subject || '(no subject)'),
    element('span', {}, `To ${people([...message.To, ...message.Bcc]) || 'nobody'} · ${when}`),
    element('span', {}, message.Snippet),
  )
  if (`#${message.ID}` === location.hash) link.setAttribute('aria-current', 'true')
  return element('li', {}, link)
}

const refresh = async () => {
  const search = query.value.trim()
  const path = search ? `/api/v1/search?limit=200&query=${encodeURIComponent(search)}` : '/api/v1/messages?limit=200'
  const page = await getJson(path).catch(() => null)
  const text = page
    ? `${page.messages_count} of ${page.total} mails, ${page.unread} unread`
    : 'The mailbox does not answer'
  if (count.textContent !== text) count.textContent = text
  const state = JSON.stringify([page?.messages, location.hash])
  if (!page || state === shown) return
  shown = state
  const focused = document.activeElement?.getAttribute('href')
  list.replaceChildren(...page.messages.map(row))
  if (focused) list.querySelector(`a[href="${focused}"]`)?.focus()
}

const field = (name, value) => (value ? [element('dt', {}, name), element('dd', {}, value)] : [])

const attachment = (id, part) =>
  element(
    'li',
    {},
    element(
      'a',
      { href: `/api/v1/message/${id}/part/${part.PartID}` },
      `${part.FileName || part.ContentType} (${part.Size} bytes)`,
    ),
  )

const frame = (id) => {
  const node = element('iframe', { title: 'The mail as HTML', src: `/view/${id}.html` })
  node.setAttribute('sandbox', 'allow-popups allow-popups-to-escape-sandbox')
  return node
}

const show = async () => {
  const id = location.hash.slice(1)
  if (!id) return
  const message = await getJson(`/api/v1/message/${encodeURIComponent(id)}`)
  if (!message) {
    mail.replaceChildren(element('p', { className: 'empty' }, 'This mail is no longer here.'))
    return
  }
  const text = element('pre', {}, message.Text)
  mail.replaceChildren(
    element('h2', {}, message.Subject || '(no subject)'),
    element(
      'dl',
      {},
      ...field('From', message.From && person(message.From)),
      ...field('To', people(message.To)),
      ...field('Cc', people(message.Cc)),
      ...field('Bcc', people(message.Bcc)),
      ...field('Date', new Date(message.Date).toLocaleString()),
    ),
    ...(message.HTML ? [frame(id), element('details', {}, element('summary', {}, 'As text'), text)] : [text]),
    ...(message.Attachments.length
      ? [
          element('h3', {}, 'Attachments'),
          element('ul', {}, ...message.Attachments.map((part) => attachment(id, part))),
        ]
      : []),
    element('p', {}, element('a', { href: `/api/v1/message/${id}/raw` }, 'Source')),
  )
  mail.focus({ preventScroll: true })
  await refresh()
}

addEventListener('hashchange', show)
query.addEventListener('input', refresh)
clear.addEventListener('click', async () => {
  if (!confirm('Delete all caught mails?')) return
  await fetch('/api/v1/messages', { method: 'DELETE' })
  location.hash = ''
  mail.replaceChildren()
  await refresh()
})

await refresh()
await show()
setInterval(refresh, REFRESH_MS)
