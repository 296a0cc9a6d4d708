import { wholly } from '../../words/pattern.ts'
import type { Commands } from './commands.ts'
import { grammarOf } from './from-commands.ts'

const task = '(?:aufgabe|todo|to-do)'
const done = '(?:erledigt|fertig|abgeschlossen|getan)'
const of = '(?: (?:von|der|des|für|bei|zu))?'
const list = '(?:auf|zu|in) (?:meine[rn]?|die|der) (?:todo-|to-do-|aufgaben)?liste'

const table: Commands = {
  language: 'de',
  changing:
    'erledige|hake?|markiere|streiche|schließe|lösche|entferne|verschiebe?|verlege|ziehe?|pausiere?|setze?|öffne|stelle|wiederhole|schlummere|ich (?:habe|bin)|benenne',
  harmless:
    'füge|erstelle|notiere|schreibe?|neue aufgabe|erinnere mich|zeige?|liste|finde?|suche?|was|welche|wann|wie viele|hilfe|agenda|vorschau|rückgängig',
  adding:
    'füge|erstelle|lege|notiere?|neue aufgabe|erinnere?|aufgabe|todo|to-do|notiz|schreibe?|vergiss nicht|setze? .+ auf (?:meine|die) liste',
  between: 'und dann|und danach|danach|dann|und außerdem',
  takingBack:
    'nein|nee|ne|doch nicht|vergiss (?:es|das)|egal|(?:nur )?(?:spaß|ein scherz|quatsch)|nicht|abbrechen|stopp?|halt|warte|danke|bitte|lieber nicht|lass (?:es|das)',
  taskList: '(?:füge|erstelle|neue|lege)(?: \\S+)*? (?:aufgaben|todos|to-dos)(?: hinzu| an)?',
  polite: 'hallo|hi|hey|ok|okay|bitte|also|so|gut|jetzt|nun|und|dann|taskflow|super|danke|moin',
  asking:
    '(?:kannst|könntest|würdest|magst) du (?:bitte |mal |mir )*|(?:können|könnten|würden) sie (?:bitte |mal |mir )*|ich (?:möchte|will|würde gerne?) (?:bitte |gerne )*|lass uns ',
  thanks: 'bitte|danke|vielen dank|für mich|jetzt|sofort|gleich|dann|mal',
  please: 'bitte|mal|noch',
  talk: {
    help: [
      'hilfe(?: bitte)?',
      'hilf mir',
      'befehle',
      '(?:zeige? )?(?:mir )?(?:die |deine )?(?:hilfe|befehle|anleitung|beispiele)',
      'was (?:kannst|verstehst|machst|weißt) du(?: alles| denn)?',
      'was kann ich (?:sagen|fragen|tun|machen|schreiben)(?: hier)?',
      'wie (?:funktioniert|geht) (?:das|dies|es)(?: hier)?',
      'kannst du mir helfen',
    ],
    about: [
      '(?:wer|was) bist du',
      'bist du (?:ein |eine )?(?:echter? |richtiger? )*(?:mensch|person|bot|roboter|ki|sprachmodell|maschine|assistent|chatgpt|gpt|claude)',
      'ist das (?:ein |eine )?(?:ki|bot|sprachmodell)',
    ],
    greeting: [
      '(?:hallo|hi|hey|moin|servus|guten (?:morgen|tag|abend)|grüß gott|grüezi)(?: zusammen| taskflow| du)*',
      "wie geht(?:'s| es)(?: dir)?",
    ],
    thanks: [
      '(?:(?:ok|okay|super|prima|toll),? )?(?:danke|vielen dank|dankeschön|danke schön|besten dank|merci)(?: dir| sehr| taskflow)*',
      'super|prima|toll|perfekt|klasse|gut gemacht|tschüss|bis bald|auf wiedersehen|gute nacht|bitte',
    ],
    yes: [
      '(?:ja|jep|jo|j|klar|sicher|ok|okay|genau|richtig|stimmt|einverstanden|natürlich|mach das|mach es)(?: bitte| gerne| genau)*',
      'ja,? (?:bitte|mach das|gerne)',
    ],
    no: [
      '(?:nein|nee|nö|n|abbrechen|stopp?|halt|warte|nicht jetzt|nichts|egal|schon gut|lass (?:es|das)|doch nicht|lieber nicht)(?: danke| bitte)?',
      'nein,? (?:danke|bitte nicht|doch nicht|abbrechen|lass (?:es|das))',
      '(?:bitte )?nicht|vergiss (?:es|das)',
      '(?:das war )?(?:nur |bloß )?(?:ein )?(?:spaß|scherz|witz)|nur spaß|quatsch',
      'keine?(?:[rns])?(?: davon)?',
    ],
  },
  negation: [
    '(?:bitte |nein,? |aber |und )*(?:nicht|nie|niemals|kein[a-z]*|auf keinen fall|ohne) .+',
    '(?:du|ich|wir) (?:sollst?|sollte(?:st)?|darfst?|möchte|will|soll|darf) .*(?:nicht|kein[a-z]*) .+',
    '.+ (?:nicht|niemals) (?:löschen|erledigen|abhaken|verschieben|entfernen|pausieren|wiederholen|hinzufügen|anlegen)',
    '(?:lösche|erledige|entferne|verschiebe?|hake|pausiere|füge) .*(?<!\\p{L})(?:nicht|nie|niemals|auf keinen fall)(?: .*)?',
  ],
  condition: [
    '(?:wenn|falls|sobald|sofern|bevor|nachdem|solange|außer wenn|immer wenn|angenommen|vorausgesetzt|im fall|für den fall) .+',
    '(?:erst|nur) wenn .+',
  ],
  howTo: [
    'wie (?:kann|könnte|soll|muss) (?:ich|man) .+',
    'wie (?:lösche|erledige|verschiebe|erstelle|mache|wiederhole) ich .+',
  ],
  question: ['(?:soll|sollte|sollen|kann|könnte|darf|dürfte|muss|müsste|würde) (?:ich|man|wir) .+'],
  refused: {
    part: [
      '(?:ändere?|setze?|lösche|entferne|bearbeite) (?:die |den |das |meine[n]? |eine[n]? |alle )*(?:tags?|schlagwörter?|schlagwort|#\\S+|priorität|kategorie|beschreibung|notiz(?:en)?|unteraufgaben?|titel|namen?)(?: .*)? (?:von|vom|bei|für|zu|auf|in|der|des) .+',
      '(?:priorität|kategorie|titel|namen?) (?:von|der|des) .+ (?:ändern|setzen|auf .+)',
      '(?:benenne|umbenenne|nenne) .+ (?:um|in) .+',
      '.+ (?:umbenennen|in .+ umbenennen)',
      'füge (?:den |das )?(?:#\\S+|(?:tag|schlagwort) \\S+) (?:zu )?.+ hinzu',
      'markiere .+ als (?!(?:nicht |un)?(?:erledigt|fertig|abgeschlossen|getan|offen)$).+',
    ],
    elsewhere: [
      '(?:lösche|entferne|leere|schließe|kündige) (?:mein(?:e[nm]?)? |das |den |die |dieses )*(?:konto|account|profil|benutzer|verlauf|gespräche?|chats?|nachrichten|daten|alle daten|datenbank|papierkorb)',
      '(?:mein(?:e[nm]?)? |das |den )(?:konto|account|profil|verlauf|daten) (?:löschen|schließen|kündigen|leeren)',
    ],
    reminders: [
      '(?:lösche|entferne|beende|streiche|deaktiviere) (?:die |meine |alle |diese |eine )*erinnerung(?:en)?(?: .*)?',
      '(?:die |meine |alle )*erinnerung(?:en)?(?: .*)? (?:löschen|entfernen|abschalten|ausschalten)',
      'schalte (?:die |meine |alle )*erinnerung(?:en)?(?: .*)? (?:ab|aus)',
    ],
    cancel: ['(?:storniere|annulliere|breche?) (?<o>.+?)(?: ab)?', 'sage? (?<o>.+) ab'],
  },
  find: [
    '(?:finde?|suche?)(?: mir)?(?: nach)?(?: (?:alle )?(?:meine |die )?aufgaben? (?:über|mit|namens|für))? (?<o>.+)',
    'wo (?:ist|sind|steht) (?<o>.+)',
    'wann (?:ist|sind|war|muss ich|kommt) (?!jede)(?<o>.+?)(?: fällig| dran| geplant)?',
    'was ist mit (?<o>.+)',
    '(?:habe? ich|haben wir) (?:schon |bereits )?(?<o>.+?) (?:schon |bereits )?(?:erledigt|abgehakt|gemacht|abgeschlossen)',
    '(?:ist|sind|war) (?!das |es |du |alles |etwas |noch |heute |morgen )(?<o>.+?) (?:schon |bereits |noch )?(?:erledigt|fertig|offen|fällig|überfällig|abgeschlossen)',
    '(?:habe? ich|gibt es) (?:eine )?aufgabe (?:für|zu|über|mit|namens) (?<o>.+)',
    '(?:zeige?|suche?) (?:mir )?aufgaben? (?:über|zu|namens) (?<o>.+)',
  ],
  preview: [
    '(?:vorschau|zeige? vorschau|erkläre)(?: (?:für|von|auf))?:? (?<o>.+)',
    'wann ist (?<o>jede.+)',
    '(?:zeige? |nenne? )?(?:mir )?(?:die )?nächsten (?<count>\\d{1,2} )?(?:termine|tage|male|daten) (?:von|für) (?<o>.+)',
  ],
  history: [
    '(?:zeige? )?(?:mir )?(?:den |die )?(?:verlauf|geschichte|historie|protokoll|änderungen) (?:von|der|des|zu|für) (?<o>.+)',
    'was ist (?:mit )?(?<o>.+) passiert',
    'was (?:ist|geschah|passierte) (?:mit|bei) (?<o>.+?)(?: passiert| geschehen)',
    'was hat sich (?:bei|an|in) (?<o>.+) geändert',
    'wann habe ich (?<o>.+) (?:erstellt|angelegt|geändert|hinzugefügt)',
  ],
  complete: [
    `(?:markiere|setze?) (?<o>.+?) (?:als |auf )?${done}`,
    `(?<o>.+?) als ${done} markieren`,
    'hake? (?<o>.+?) ab',
    '(?<o>.+?) abhaken',
    'streiche (?<o>.+?)(?: (?:durch|von (?:meiner|der) liste))',
    'erledige(?: (?<o>.+))?',
    'schließe (?<o>.+?) ab',
    `ich habe (?:gerade |schon |eben |jetzt )?(?<o>.+?) (?:gerade |schon )?(?:erledigt|gemacht|abgeschlossen|fertig)`,
    `ich bin (?:jetzt |schon )?mit (?<o>.+?) fertig`,
    `(?:ich bin )?fertig mit (?<o>.+)`,
  ],
  reopen: [
    `(?:markiere|setze?) (?<o>.+?) (?:als |auf )?(?:nicht |un)${done}`,
    '(?:markiere|setze?) (?<o>.+?) (?:als |auf )offen',
    `(?<o>.+?) als (?:(?:nicht |un)${done}|offen) markieren`,
    'öffne(?: (?<o>.+?))?(?: wieder)',
    'öffne wieder (?<o>.+)',
    '(?<o>.+?) wieder öffnen',
  ],
  delete: [
    '(?:lösche|entferne)(?: (?<o>.+))?',
    '(?<o>.+?) löschen',
    '(?<o>.+?) von (?:meiner|der) liste (?:entfernen|streichen)',
  ],
  restore: ['stelle? (?<o>.+?) wieder her', '(?<o>.+?) wiederherstellen', 'hole? (?<o>.+?) zurück'],
  undo: [
    '(?:rückgängig|widerrufen?)(?: (?:machen|das|bitte))*',
    '(?:mache?|nimm) (?:das|es|die letzte änderung) (?:rückgängig|zurück)',
    '(?:das|es|die letzte änderung) rückgängig machen',
  ],
  pause: [
    'pausiere?(?: (?:die serie|die wiederholung))?(?: (?<o>.+))?',
    '(?<o>.+?) pausieren',
    'wiederhole (?<o>.+?) nicht mehr',
    '(?<o>.+?) nicht mehr wiederholen',
    'setze? (?<o>.+?) aus',
  ],
  resume: [
    'setze? (?<o>.+?) fort',
    '(?<o>.+?) fortsetzen',
    'wiederhole (?<o>.+?) wieder',
    'nimm (?<o>.+?) wieder auf',
    '(?<o>.+?) wieder aufnehmen',
  ],
  repeat: ['wiederhole (?<o>.+)', '(?<o>.+?) wiederholen', 'lass (?<o>.+?) (?:sich )?wiederholen'],
  undate: [
    `(?:lösche|entferne|streiche) (?:das |den |die )?(?:fälligkeitsdatum|fälligkeit|datum|termin|frist)(?:${of} (?<o>.+))?`,
    `(?:das |den |die )?(?:fälligkeitsdatum|fälligkeit|frist)${of} (?<o>.+?) (?:löschen|entfernen)`,
  ],
  move: [
    `(?:ändere?|setze?|verschiebe?) (?:das |den |die )?(?:fälligkeitsdatum|fälligkeit|datum|termin|frist|uhrzeit)${of} (?<o>.+)`,
    '(?<verb>verschiebe?|verlege|vertage)(?: (?<o>.+))?',
    '(?<o>.+?) (?<verb>verschieben|verlegen|vertagen|vorziehen)',
    '(?<verb>ziehe?) (?<o>.+?) (?<side>vor)',
  ],
  shift: [
    '(?<o>.+?) um (?<span>SPAN)(?: (?<side>vor|zurück|nach hinten|nach vorne?|später|früher))?',
    '(?<o>.+?) (?<span>SPAN) (?<side>später|früher|vor|zurück|nach hinten|nach vorne?)',
  ],
  toTime: / (?:auf|bis|nach|um) /i,
  earlier: /vor(?:ziehen|ne?)?$|zieh|früher|frueher/i,
  remindBy: [
    'erinnere? mich (?<span>SPAN) (?<side>vor|nach) (?<o>.+)',
    '(?:erinnere? mich (?:an|bei|wegen)|(?:erstelle|setze?) (?:eine )?erinnerung (?:für|an|zu)) (?<o>.+?),? (?<span>SPAN) (?<side>vorher|davor|früher|im voraus|nachher|danach)',
  ],
  after: /^(?:nach|nachher|danach)$/i,
  remindTo: [
    'erinnere? mich daran,? (?<o>.+)',
    'erinnere? mich (?<when>.+?) daran,? (?<o>.+)',
    '(?:erstelle|setze?) (?:eine )?erinnerung:? (?!für|an|zu)(?<o>.+)',
    'erinnere? mich,? (?!an |am |um |bei |wegen )(?<o>.+ (?:zu \\p{L}+en|\\p{L}+zu\\p{L}+n)(?: .+)?)',
  ],
  remindOf: [
    'erinnere? mich (?:an|wegen) (?<o>.+)',
    '(?:erstelle|setze?) (?:eine )?erinnerung (?:für|an|zu) (?<o>.+)',
    'erinnere? mich (?<when>.+?) (?:an|wegen) (?<o>.+)',
  ],
  remindNothing: ['erinnere? mich(?: .+)?', '(?:erstelle|setze?) (?:eine )?erinnerung(?: .+)?'],
  snooze: [
    '(?:verschiebe?|vertage) (?:die |meine )?erinnerung (?:an|für|von|zu) (?<o>.+?) um (?<span>SPAN)',
    '(?:verschiebe?|vertage) (?:die |meine )?erinnerung (?:an|für|von|zu) (?<o>.+?) (?:bis|auf) (?<when>.+)',
    '(?:schlummere|snooze|vertröste)(?: (?:die |meine )?erinnerung (?:an|für|zu))? (?<o>.+?) (?:für|um) (?<span>SPAN)',
    '(?:schlummere|snooze)(?: (?:die |meine )?erinnerung (?:an|für|zu))? (?<o>.+?) bis (?<when>.+)',
    '(?:schlummere|snooze)(?: (?:die |meine )?erinnerung (?:an|für|zu))?(?: (?<o>.+))?',
    'erinnere mich (?:später|nochmal|noch einmal) in (?<span>SPAN) an (?<o>.+)',
  ],
  addNothing: [`(?:füge|erstelle|neue?|lege)(?: (?:eine?|neue|${task}|etwas))*(?: hinzu| an)?`],
  addMany: [
    '(?:füge|erstelle|lege) (?:(?:diese|die|einige|ein paar|\\d+|zwei|drei|folgenden?) )*(?:neue )?(?:aufgaben|todos|to-dos)(?: hinzu| an)?\\s*(?::|\\n| - )\\s*(?<o>.+)',
    '(?:neue )?(?:aufgaben|todos|to-dos)\\s*:\\s*(?<o>.+)',
  ],
  add: [
    `(?:füge|lege) (?:(?:eine?|die) )?(?:neue )?${task}:? (?<o>.+?) (?:hinzu|an)`,
    `(?:erstelle|neue) (?:(?:eine?|die) )?(?:neue )?(?:${task})?(?: namens| mit dem titel|:)? ?(?<o>.+)`,
    `(?:${task}|notiz)\\s*: ?(?<o>.+)`,
    'füge (?<o>.+?) hinzu',
    '(?:füge|hinzufügen):? (?<o>.+)',
    'lege (?<o>.+?) an',
    `(?:setze?|schreibe?|packe?) (?<o>.+?) ${list}`,
    '(?:notiere?|schreibe? auf|merke? dir|vergiss nicht),?:? (?<o>.+)',
    'schreibe? (?<o>.+?) auf',
    `(?<o>.+?) (?:${list} )?(?:hinzufügen|anlegen)`,
  ],
  ofMyList: new RegExp(` (?:${list}|von (?:meiner|der) liste)$`, 'i'),
  lookingUp: ['zeige', 'liste', 'finde', 'suche', 'hilfe', 'agenda', 'überfällig', 'morgen', 'heute'],
  verbs: 'erledige lösche entferne verschiebe pausiere wiederhole erinnere markiere erstelle notiere'.split(' '),
  isDone: wholly(`(?<o>.+) (?:ist|sind) (?:schon |bereits )?${done}`),
  isTodo: wholly('(?:ich|wir) (?:muss|müssen|soll|sollte|will|möchte|brauche) (?:noch )?(?<o>.+)'),
}

export const german = grammarOf(table)
