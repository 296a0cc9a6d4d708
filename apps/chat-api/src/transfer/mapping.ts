import { type CsvColumn, csvColumns } from './csv-tasks.ts'
import { ImportProblem } from './import-problem.ts'

/** The columns of a table, in small letters, by what they are here. */
export type Mapping = Partial<Record<CsvColumn, string>>

/** Reads `{"title":"Aufgabe"}`. Throws ImportProblem. */
export const readMapping = (text: string): Mapping => {
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    given = undefined
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new ImportProblem('mapping', 'must be a JSON object like {"title":"Task name"}')
  const entries = Object.entries(given).map(([name, column]) => {
    if (!isColumn(name)) throw new ImportProblem('mapping', `"${name}" is no field; there are ${csvColumns.join(', ')}`)
    if (typeof column !== 'string') throw new ImportProblem('mapping', `"${name}" must be the name of a column`)
    return [name, column.trim().toLowerCase()] as const
  })
  if (new Set(entries.map(([, column]) => column)).size < entries.length)
    throw new ImportProblem('mapping', 'names a column twice')
  return Object.fromEntries(entries)
}

export const isColumn = (name: string): name is CsvColumn => csvColumns.includes(name as CsvColumn)

/** What tables call a field, in letters and digits only. */
const names: Partial<Record<CsvColumn, string>> = {
  title:
    'title task taskname taskitem name subject summary content todo item whattodo titel aufgabe betreff titre tâche nom objet título titulo tarea nombre asunto',
  description:
    'description notes note details body comment comments text beschreibung notiz notizen bemerkung commentaire remarques descripción descripcion notas',
  priority: 'priority prio importance urgency priorität prioritaet wichtigkeit priorité importancia prioridad',
  due_date:
    'due duedate dueon dueat duetime deadline date when by fällig faellig fälligam fälligkeit fälligkeitsdatum termin datum échéance echeance dateéchéance vencimiento fecha fechadevencimiento fechalímite',
  time_zone: 'timezone tz zeitzone fuseauhoraire zonahoraria',
  is_completed:
    'completed done iscompleted isdone complete finished status state checked erledigt fertig abgeschlossen terminé fait statut completada hecho estado',
  completed_at:
    'completedat completedon completeddate datecompleted completiondate completedtime erledigtam abgeschlossenam terminéle fechadefinalización',
  recurrence_rule: 'recurrence recurrencerule repeat rrule repeats wiederholung récurrence repetición',
  tags: 'tags tag labels label keywords schlagwörter schlagworte etiketten étiquettes etiquetas',
  category: 'category categories list project folder section bucket area kategorie liste projekt projet lista proyecto',
}

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')

const fieldsByName = new Map(
  Object.entries(names).flatMap(([field, list]) => list.split(' ').map((name) => [name, field as CsvColumn] as const)),
)

const mostSuggested = 20

/** What the columns of a table seem to be. Without a better one, the first is the title. */
export const suggestMapping = (columns: string[]): Mapping => {
  const mapping: Mapping = {}
  const named = columns.map((column) => column.trim().slice(0, 100)).filter((column) => column !== '')
  for (const column of named.slice(0, 200)) {
    const field = isColumn(column.toLowerCase()) ? (column.toLowerCase() as CsvColumn) : fieldsByName.get(plain(column))
    if (field && mapping[field] === undefined && Object.keys(mapping).length < mostSuggested) mapping[field] = column
  }
  const [first] = named.filter((column) => !Object.values(mapping).includes(column))
  return mapping.title === undefined && first !== undefined ? { title: first, ...mapping } : mapping
}
