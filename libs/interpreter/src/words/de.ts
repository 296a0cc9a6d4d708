import { beginning, ending, loose, setOf, wholly, within } from './pattern.ts'
import type { Words } from './words.ts'

const task = '(?:aufgaben?|todos?|to-dos?|punkt)'

export const de: Words = {
  around: [
    /^(?:die|der|das|den|dem|meine?[nmr]?|diese[nmrs]?|eine?[nmr]?)\s+/i,
    /^(?:aufgabe|todo|to-do)(?:\s+(?:namens|mit dem titel))?(?:\s*:\s*|\s+)/i,
    /(?:^|\s+)-?(?:aufgabe|todo|to-do)$/i,
  ],
  quoted: /^(?:die |meine )?(?:aufgabe |todo )?(?:namens |mit dem titel )?"([^"]+)"$/i,
  turning:
    setOf(`nicht kein keine keinen keinem keiner keines nie niemals nichts ohne wenn falls sobald sofern bevor nachdem
    während bis seit weil außer ausser ausgenommen sondern aber statt anstatt stopp halt doch gesagt sagte sagt meinte schrieb
    scherz spaß vergiss abbrechen`),
  vague:
    setOf(`oder entweder und ob dann vielleicht eventuell wohl sollte könnte würde später irgendwann mal alle alles jede
    jeder jedes jeden beide beides einige etwas manche mehrere viele andere anderen rest nur er sie ihr ich wir mir mich aufgabe
    aufgaben erinnerung erinnerungen ist sind war waren`),
  it: wholly('es|sie|ihn|das|dies|diese[nsr]?|die|den|(?:die|diese) (?:aufgabe|eine)|die letzte gezeigte'),
  them: wholly(
    '(?:alle )?(?:davon|diese|die hier)|sie alle|alle beide|beide(?: aufgaben)?|alle von (?:ihnen|denen)|alle',
  ),
  places: {
    ordinals:
      'erste[nrs]?|zweite[nrs]?|dritte[nrs]?|vierte[nrs]?|fünfte[nrs]?|sechste[nrs]?|siebte[nrs]?|achte[nrs]?|neunte[nrs]?|zehnte[nrs]?'
        .split('|')
        .map(loose),
    cardinals: 'eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn'.split('|').map(loose),
    last: /^letzte[nrs]?$/,
    before: /^(?:die\s+)?(?:aufgaben?|nummern?|nr\.|nr|#)\s*(?=\S)/,
    firstOf: /^(?:die )?ersten (\p{L}+)(?: aufgaben)?$/u,
    and: /\s*(?:,\s*und\s|,|(?<!\p{L})und(?!\p{L})|&|\+)\s*/u,
    article: /^(?:(?:die|der|das|den)\s+|#)/,
    after: /\s+(?:aufgabe|davon)$/,
  },
  set: {
    all: wholly('alle[ns]?|jede[nrs]?|sämtliche[n]?'),
    plural: wholly('aufgaben|todos|to-dos'),
    filler: wholly(
      'meine[nr]?|der|die|das|den|offenen?|aufgaben?|todos?|to-dos|dinge|sachen|was|ist|sind|fällig(?:en?|es)?|mit|dem|tags?|von|für',
    ),
    overdue: wholly('überfällig(?:en?|es)?|verspätete?n?'),
    tagged: /(?<!\p{L})(?:mit )?(?:dem )?(?:tag|schlagwort) (?!#)(?=\p{L})/giu,
    today: wholly('heute|heutigen?'),
    tomorrow: wholly('morgen|morgigen?'),
  },
  reply: {
    lead: /^(?:ja|ok|okay|bitte|ich meine|ich meinte|ich meine die|nimm|es ist)[, ]+/,
    tail: /[, ]+bitte$/,
    all: wholly('alle(?: (?:davon|zwei|drei|vier|fünf|\\d+))?|beide(?: davon)?|alles|sie alle|alle beide'),
    both: /beide/,
    yes: wholly('ja|j|jo|jep|klar|ok|okay|richtig|genau|stimmt|mach das|mach es|diese|die da|ja,? genau'),
    none: /^(?:keine?(?:[rns])?(?: davon)?|nichts|weder noch)(?!\p{L})/iu,
    fillers: wholly(
      'die|der|das|den|eine|aufgabe|aufgaben|bitte|ich|meine|meinte|es|ist|ja|nummer|nr|nur|einfach|mit|von|dem',
    ),
  },
  when: {
    lead: /^(?:auf|bis|für|zu|nach|erst|fällig)\s+(?=\S)/i,
    leads:
      /\s(?:(?:auf|bis|für|zum|zu|nach|fällig)\s+|(?=(?:heute|morgen|übermorgen|nächste[nrs]?|diese[nrs]?|am|um|in|im|kommende[nrs]?)(?:\s|$)))/giu,
    tries: ['', 'am ', 'um '],
    dayOfMonth: [/^(?:den|dem) (\d{1,2})\.?$/i, 'am $1.'],
    spanLead: /^(?:für|um) /i,
    half: loose('(?:eine |einer )?halbe[nr]? stunde'),
    numbers: [
      'eine?[nmr]?|eins',
      'zwei',
      'drei',
      'vier',
      loose('fünf'),
      'sechs',
      'sieben',
      'acht',
      'neun',
      'zehn',
      'elf',
      loose('zwölf'),
    ],
    units: {
      minutes: 'min\\.?|minuten?',
      hours: 'h|std\\.?|stunden?',
      days: 'd|tage?n?',
      weeks: 'wochen?',
      months: 'monate?n?',
    },
  },
  list: {
    before: beginning('(?:und )?(?:(?:zeige?|sage?) mir )?(?=was|welche|wie viele|und )(?:und )?'),
    short: wholly(
      `agenda|übersicht|heute|morgen|überfällige?s?|(?:diese|nächste) woche|(?:dieses|nächstes) wochenende|(?:diesen|nächsten) monat|(?:meine |die )?(?:woche|liste|${task}|aufgabenliste)|(?:meine |alle )?(?:offenen?|überfälligen?|erledigten?|wiederkehrenden?|wichtigen?|dringenden?|heutigen|morgigen) ${task}|(?:meine |alle )?${task} (?:mit|von|für|am|im|in|heute|morgen|diese|nächste) ?.*|fällig .+|(?:heute|morgen|diese woche) fällig|#[\\p{L}\\p{M}\\p{N}_-]+`,
    ),
    lead: beginning(
      "(?:zeige?|liste|nenne?|gib|sage?)(?:'s)?(?: mir| uns)?|was|welche[rsn]?|wie ?viele?|habe? ich|gibt es|gibt's|sind|steht|stehen|irgendwas|irgendetwas",
    ),
    show: beginning('zeige?|liste'),
    fillers:
      setOf(`ich mir mich wir uns mein meine meinen meiner die der das den dem ein eine an am auf im in zu für von bei mit
      alle alles etwas irgendwas irgendetwas ist sind war gibt es da noch jetzt aktuell aktuellen aufgabe aufgaben todo todos to-do
      to-dos liste aufgabenliste dinge sachen offen offene offenen ausstehend ausstehende fällig fällige fälligen steht stehen habe
      hab haben muss müssen soll sollte tun machen erledigen vor geplant plan termine kalender agenda übersicht als nächstes nächste
      denn so und auch mal bitte anstehend anstehende tag tags schlagwort kommt kommen`),
    about: within('(?:über|namens|mit dem wort|die (?:enthalten|heißen))\\s+(?<o>.+)'),
    series: within('wiederkehrende?n?|wiederholende?n?|sich wiederholende?n?|serien?|regelmäßige?n?'),
    tag: new RegExp(
      `${within('(?:mit )?(?:dem )?(?:tag|schlagwort)').source} #?(?<o>[\\p{L}\\p{M}\\p{N}_-]{1,50})`,
      'iu',
    ),
    category: new RegExp(`${within('(?:in )?(?:der )?kategorie').source} (?<o>\\p{L}[\\p{L}\\p{M}\\p{N}_-]*)`, 'iu'),
    priorities: [
      [within('(?:mit |von )?hohe[rn]? priorität|priorität hoch|wichtige?[nrs]?|dringende?[nrs]?|!high|!hoch'), 'high'],
      [within('(?:mit |von )?mittlere[rn]? priorität|priorität mittel|!medium'), 'medium'],
      [within('(?:mit |von )?niedrige[rn]? priorität|priorität niedrig|!low'), 'low'],
    ],
    openAndCompleted: within('offene?n? und (?:erledigte?n?|abgeschlossene?n?)'),
    completed: within('(?:schon |bereits )?(?:erledigte?[ns]?|abgeschlossene?[ns]?|fertige?[ns]?|abgehakte?[ns]?)'),
    overdue: within('überfällige?[ns]?|verspätete?n?'),
    week: within('(?:in )?diese[rn]? woche|(?:in )?(?:den |die )?nächsten (?:7|sieben) tagen?'),
    today: within('heute(?: abend)?|heutigen?'),
    tomorrow: within('morgen(?! (?:früh|vormittag|mittag|nachmittag|abend))|morgigen?'),
    nextWeek: ending('(?:in )?(?:der )?(?:nächste[rn]?|kommende[rn]?) woche'),
    weekend: {
      this: ending('(?:dieses|das|am|an diesem|am kommenden) wochenende'),
      next: ending('(?:nächstes|am nächsten|an dem nächsten) wochenende'),
    },
    month: {
      this: ending('(?:diesen|in diesem|diesem|im) monat'),
      next: ending('(?:nächsten|im nächsten|kommenden|im kommenden) monat'),
    },
    isAgenda: within('fällig|steht|stehen|als nächstes|agenda|kalender|übersicht|vor|plan|anstehend'),
    isTasks: within('aufgaben?|todos?|to-dos?|liste|aufgabenliste|dinge|sachen|alles|zu tun|habe? ich'),
  },
}
