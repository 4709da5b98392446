/** The coverage as it is printed, and against an independent reading of each system, where that reading stands beside the project. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EtatSysteme, servicesDe } from '../src/modules/contrats/couverture.rules.ts';
import { couvertureEnMarkdown } from '../src/modules/contrats/couverture.texte.ts';
import { HOUSE } from '../src/modules.ts';
import { type AppDeTest, ouvrirApp } from './support/app.ts';
import { partage, siPartage } from './support/partage.ts';

/** Read as served, and not said so here: what the reading let pass. */
const PLUS_SEVERE: Readonly<Record<string, string>> = {
  'GOUV-11': 'asks a perimeter of six arrondissements: a sentence of its purpose today',
  'AUDIT-04': 'asks the route on a map: a walk has a place only',
  'AUDIT-16': 'asks the reason of what is set aside: the lines have none',
  'PUBLIC-03': 'asks to count in 2.6-02, which counts trainings and interventions, not campaigns',
};
/** Read as a claim, since nothing served what is kept elsewhere: it now says so. */
const HORS_PERIMETRE = ['OPE-57', 'OPE-62', 'CELL-15', 'FIN-20', 'OBS-06', 'CRISE-15', 'FORM-16', 'CONV-03'];
/** Read as thin or planned, and served whole since: what was missing. */
const SERVIS_DEPUIS: Readonly<Record<string, string>> = {
  'ALERTE-01': 'an alert is written, validated, told, answered, ended; nobody is named',
  'ALERTE-03': 'an alert tells the schools of its place by name, and says which answered',
  'ALERTE-04': 'lists by place, kept by each house, those of neighbouring communes too',
  'ALERTE-05': 'a room sends notes to mairies, which acknowledge them; a silence is escalated by a clock',
  'CRISE-01': 'a room says who commands, and the messages of the Préfet are passed on unchanged',
  'CRISE-02': 'a room opens and closes it, and its messages are passed on unchanged',
  'GOUV-18': 'signs of tension are written by those who see them, and name nobody',
  'SIGN-29': 'what a school says is read in the thread, where it is, and may propose an alert',
  'ALERTE-08': 'an instruction is sent by kind of site, in the words of its version, and acknowledged',
  'ALERTE-10': 'landlords are on the lists, and write tensions',
  'PUBLIC-30': 'a message is passed on with its origin and time, and cannot be changed',
  'GOUV-19': 'alerts reach the unit, whatever their place',
  'ALERTE-02': 'a grave alert opens its list of what to do, and the accelerated way of a cell',
  'CELL-02': 'who is turned to, what is counted and that nothing is kept are public',
  'CELL-10': 'its way is public, its steps are counted, and no word comes in',
  'CELL-11': 'a cell that names nobody',
  'CELL-12': 'eight days from the day that is said, and nothing else',
  'CELL-16': 'a grave alert opens the accelerated way, with short clocks',
  'CELL-19': 'a request, its steps and its delay, without a paper',
  'CELL-13': 'its roster says when nobody is on duty',
  'CRISE-04': 'a room has its roles, and rosters say who is on duty',
  'CRISE-21': 'who is on duty, where, when, in whose place; closed to others',
  'OBS-12': 'brawls by territory and month, small numbers hidden, nothing recent',
  'CRISE-05': 'every entity of a room writes and reads one chained record',
  'CRISE-06': 'every entity of a room writes and reads one chained record',
  'CRISE-07': 'a room has its roles, who commands, and the state of what nations open',
  'CRISE-11': 'a room has its roles, and what was activated is stamped',
  'CRISE-14': 'each direction stamps its tasks',
  'CRISE-03': 'its tasks are ticked, its means asked for and sent',
  'CRISE-09': 'a means is asked, granted or refused, sent and given back',
  'CRISE-10': 'a means is asked, granted or refused, sent and given back',
  'CRISE-12': 'a centre opens, counts without names, and closes',
  'CRISE-13': 'a centre opens, counts without names, and closes',
  'CRISE-16': 'a centre opens, counts without names, and closes',
  'CRISE-18': 'a scenario is played at the minutes of its own clock',
  'CRISE-19': 'lessons are owed, signed, and their decisions followed',
  'CRISE-20': 'an exercise is played in an establishment of the register',
  'CRISE-22': 'who is concerned is counted by kind, with its definition',
  'CRISE-23': 'the state of each service is said, by whom and since when',
  'GOUV-13': 'a room says who commands and what each role has to do',
  'GOUV-29': 'what residents report is received, routed and answered',
  'CELL-17': 'reports of social emergency have their circuit',
  'SIGN-01': 'the status that its publisher gives is kept, file after file',
  'SIGN-23': 'its procedure is public, its steps are counted by who holds them',
  'SIGN-24': 'its tools are referenced, what is taken in each language is counted',
  'ORIENT-01': 'the directory says who is where, and who sends and receives counts it',
  'OPE-01': 'a school asks, it is accepted, planned, done, recorded and reported on',
  'OFFRE-11': 'a place is asked for, with its programme and its report',
  'OFFRE-12': 'a place is asked for, with its programme and its report',
  'SIGN-32': 'its circuit keeps a date and a step, and says how it goes',
  'GOUV-12': 'its decisions are tied to the reports that caused them, and their effect is told',
  'OPE-13': 'a record leads to the report for which it was made',
  'PUBLIC-28': 'what became of reports is told by mairie',
  'SIGN-07': 'its circuit receives, routes and answers',
  'SIGN-20': 'its circuit makes the appointment, the directory has the place',
  'CELL-01': 'a closed cell: sessions, situations, purge, and the charter before anything',
  'CELL-06': 'a closed cell: sessions, situations, purge, and the charter before anything',
  'CELL-07': 'a closed cell: sessions, situations, purge, and the charter before anything',
  'CONV-02': 'the charter, its signatories, its versions and what changes for whom',
  'CONV-04': 'the charter, its signatories, its versions and what changes for whom',
  'GOUV-17': 'numbers of every cell on one board, none below five',
  'CELL-23': 'who may read a situation, who did, until when, and the proof that it is gone',
  'OPE-42': 'a place of help has its card: where, when, for whom, in what languages',
  'OFFRE-32': 'a place of help has its card: where, when, for whom, in what languages',
  'OFFRE-33': 'a place of help has its card: where, when, for whom, in what languages',
  'CONV-33': 'who holds a role, where, until when, and where nobody does',
  'CONV-34': 'who holds a role, where, until when, and where nobody does',
  'CONV-35': 'who holds a role, where, until when, and where nobody does',
  'CONV-36': 'who holds a role, where, until when, and where nobody does',
  'CONV-37': 'who holds a role, where, until when, and where nobody does',
  'CONV-38': 'who holds a role, where, until when, and where nobody does',
  'CONV-39': 'who holds a role, where, until when, and where nobody does',
  'CONV-40': 'who holds a role, where, until when, and where nobody does',
  'CONV-41': 'who holds a role, where, until when, and where nobody does',
  'CONV-42': 'who holds a role, where, until when, and where nobody does',
  'CONV-43': 'who holds a role, where, until when, and where nobody does',
  'CONV-44': 'who holds a role, where, until when, and where nobody does',
  'PUBLIC-17': 'a place of help has its card: where, when, for whom, in what languages',
  'PUBLIC-18': 'a place of help has its card: where, when, for whom, in what languages',
  'OBS-03': 'a place of help has its card: where, when, for whom, in what languages',
  'ORIENT-03': 'a place of help has its card: where, when, for whom, in what languages',
  'ORIENT-04': 'a place of help has its card: where, when, for whom, in what languages',
  'ORIENT-05': 'a place of help has its card: where, when, for whom, in what languages',
  'ORIENT-06': 'a place of help has its card: where, when, for whom, in what languages',
  'ORIENT-07': 'a place of help has its card: where, when, for whom, in what languages',
  'ORIENT-08': 'a place of help has its card: where, when, for whom, in what languages',
  'ORIENT-11': 'a place of help has its card: where, when, for whom, in what languages',
  'ORIENT-14': 'a place of help has its card: where, when, for whom, in what languages',
  'ORIENT-17': 'a place of help has its card: where, when, for whom, in what languages',
  'ORIENT-18': 'a place of help has its card: where, when, for whom, in what languages',
  'ORIENT-19': 'a place of help has its card: where, when, for whom, in what languages',
  'ORIENT-20': 'a place of help has its card: where, when, for whom, in what languages',
  'ORIENT-21': 'a place of help has its card: where, when, for whom, in what languages',
  'ORIENT-22': 'a place of help has its card: where, when, for whom, in what languages',
  'ORIENT-24': 'a place of help has its card: where, when, for whom, in what languages',
  'ORIENT-25': 'a place of help has its card: where, when, for whom, in what languages',
  'ORIENT-26': 'a place of help has its card: where, when, for whom, in what languages',
  'ORIENT-28': 'a place of help has its card: where, when, for whom, in what languages',
  'INDIC-01': 'a collected figure is given by the breakdowns that the contract states',
  'INDIC-02': 'campaigns freeze what is owed and write to who owes it; a workbook or a paste fills the page',
  'INDIC-03': 'one part for each partner, months add up to semesters and years',
  'INDIC-04': 'by breakdown, from a workbook, secret where it must be',
  'INDIC-07': 'a wave of a survey ends in a figure',
  'INDIC-09': 'a survey is answered online',
  'INDIC-10': 'by breakdown, from a workbook',
  'OBS-09': 'by breakdown, from a workbook',
  'OPE-10': 'its figures are given by breakdown',
  'OFFRE-08': 'its figures are given by breakdown, from a workbook',
  'GOUV-06': 'the item that comes back is put on each agenda',
  'GOUV-34': 'what it advises reaches the Council above, and comes back answered',
  'GOUV-35': 'what is examined is linked to the session, and shown on both pages',
  'GOUV-42': 'a place is examined in its session, and operations point to it',
  'GOUV-41': 'what it proposes reaches the central body, and comes back answered',
  'GOUV-25': 'the offer says how full it is',
  'GOUV-48': 'what hangs on a great event is added up on its page',
  'GOUV-50': 'an audit says the project, the opinion and its validity',
  'SIGN-02': 'what is said by telephone is taken down, routed, answered and followed',
  'SIGN-03': 'what is said at a totem or in the street is taken down by its channel',
  'SIGN-04': 'a message is received, qualified, entrusted and answered',
  'SIGN-05': 'what mediation hears has its channel',
  'SIGN-08': 'an operation made of requests is told to all of their authors',
  'SIGN-09': 'two levels, a clock and a duty to answer',
  'SIGN-12': 'a hall goes to the service of the hour, whose operation is told to the landlord',
  'SIGN-28': 'an organisation, never a person: names are refused',
  'OPE-08': 'a request is entrusted, dated, done and answered',
  'AUDIT-05': 'a request for support is entrusted, dated, done and answered',
  'OPE-28': 'seizures have a nature, engaged services a line each',
  'OPE-29': 'what is planned is in the calendar of all',
  'OPE-41': 'an operation points to its event',
  'OPE-46': 'an intervention says its moment',
  'OPE-52': 'an operation says where people were oriented, and counts families',
  'OPE-54': 'planned in series, with hours, in the calendar',
  'OPE-59': 'an intervention points to its event',
  'OPE-71': 'nature and destination of what is seized',
  'OFFRE-05': 'dated sessions and their places',
  'OFFRE-07': 'figure 1.4-04b is counted from the placements, in dated sessions',
  'OFFRE-22': 'kinds of structure and public served',
  'OFFRE-23': 'public served',
  'OFFRE-24': 'public served',
  'OFFRE-25': 'waves and how full they are',
  'OFFRE-28': 'a place says where its project stands',
  'OFFRE-29': 'kinds of structure and their places',
  'OFFRE-30': 'a place says where its project stands',
  'AUDIT-01': 'project, opinion and validity',
  'AUDIT-07': 'equipment, a line each',
  'AUDIT-08': 'schools have a name, audits a validity',
  'AUDIT-15': 'an audit points to its event',
  'AUDIT-18': 'a place says where its project stands',
  'PUBLIC-34': 'figure 3.9-02b counts campaigns',
  'SIGN-15': 'a public sheet says what can be done',
  'SIGN-19': 'a public sheet says what can be done',
  'SIGN-21': 'its procedure is public, its figures are given by a part for each structure',
  'SIGN-22': 'the institution gives the line, partners alone read it',
  'SIGN-25': 'the link stands in the guide',
  'SIGN-26': 'the link stands in the guide',
  'SIGN-27': 'number and link, with their source',
  'SIGN-31': 'a public sheet says how',
  'ALERTE-07': 'number and link, with their source',
  'PUBLIC-01': 'numbers with who answers, when, price and source',
  'PUBLIC-02': 'every line but the one that the contract prints with a digit missing, and the page says so',
  'PUBLIC-12': 'the guide leads to its sheet',
  'PUBLIC-25': 'numbers of help, and a directory that one filters',
  'ORIENT-09': 'its sheet, and the card of its place',
  'ORIENT-10': 'each protection has its sheet',
  'ORIENT-16': 'its procedure is public, and the guide leads to it',
  'ORIENT-27': 'an accompaniment points to its event, and 3.12-05 is counted',
  'ALERTE-06': 'its procedure, document or appointment is public, step by step',
  'CELL-03': 'its procedure, document or appointment is public, step by step',
  'PUBLIC-08': 'its procedure, document or appointment is public, step by step',
  'PUBLIC-14': 'its procedure, document or appointment is public, step by step',
  'PUBLIC-29': 'its procedure, document or appointment is public, step by step',
  'PUBLIC-33': 'its procedure, document or appointment is public, step by step',
  'SIGN-13': 'its procedure, document or appointment is public, step by step',
  'SIGN-30': 'its procedure, document or appointment is public, step by step',
  'CRISE-08': 'alerts, rooms of crisis, cells and reports serve what it asks',
  'SIGN-14': 'its steps are counted by who holds the circuit, its way is public',
};
/** Read as planned, and partly there. */
const DEJA_LA: Readonly<Record<string, string>> = {
  'CONV-05': 'the lists of neighbouring communes are there, their conventions are to come',
  'CRISE-17': 'one of what it asks is served by rooms of crisis',
  'INDIC-14': 'one of what it asks is served by the directory',
  'OFFRE-16': 'one of what it asks is served by the directory',
  'OFFRE-17': 'one of what it asks is served by the directory',
  'OFFRE-18': 'one of what it asks is served by the directory',
  'OFFRE-19': 'one of what it asks is served by the directory',
  'OFFRE-20': 'one of what it asks is served by the directory',
  'CELL-22': 'one of what it asks is served by the directory',
  'FIN-11': 'one of what it asks is served by the directory',
  'CONV-01': 'one of what it asks is served by the directory',
  'CONV-11': 'one of what it asks is served by the directory',
  'CONV-30': 'one of what it asks is served by the directory',
  'CONV-31': 'one of what it asks is served by the directory',
  'CONV-45': 'one of what it asks is served by the directory',
  'ORIENT-23': 'one of what it asks is served by the directory',
  'SIGN-16': 'its figures are given by breakdown, or a part for each structure',
  'SIGN-17': 'its figures are given by breakdown, or a part for each structure',
  'OPE-35': 'one of what it asks is served by circuits',
  'SIGN-18': 'its steps are counted by who holds them; its agreement is to come',
  'SIGN-11': 'one of what it asks is served by circuits',
  'OPE-15': 'figure 3.8-02 is collected',
  'CONTRAT-23': 'one of what it asks is served by registers since',
  'OPE-06': 'one of what it asks is served by registers since',
  'OFFRE-15': 'one of what it asks is served by registers since',
  'FIN-15': 'one of what it asks is served by registers since',
  'CONV-24': 'figure 3.8-07 is counted from the operations',
  'CONV-17': 'its procedure, document or appointment is public, step by step',
};

test('docs/couverture.md est celle que le programme écrit', async () => {
  const app = await ouvrirApp();
  expect(readFileSync('docs/couverture.md', 'utf8')).toBe(couvertureEnMarkdown(app.catalogue, HOUSE));
  await app.close();
});

siPartage('La lecture indépendante des dispositifs', () => {
  let app: AppDeTest;
  beforeAll(async () => {
    app = await ouvrirApp();
  });
  afterAll(() => app.close());

  test('donne le même état à chacun, sauf là où une raison est écrite', () => {
    const lignes = readFileSync(partage('contrat/systemes-verdicts.tsv') ?? '', 'utf8')
      .trim()
      .split('\n')
      .slice(1);
    const verdicts = new Map(lignes.map((l) => l.split('\t')).map(([id = '', verdict = '']) => [id, verdict]));
    const attendu = (id: string): EtatSysteme => {
      if (HORS_PERIMETRE.includes(id)) return 'hors_perimetre';
      if (id in SERVIS_DEPUIS) return 'servi';
      if (id in PLUS_SEVERE || id in DEJA_LA) return 'partiel';
      const verdict = verdicts.get(id);
      return verdict === 'REAL' ? 'servi' : verdict === 'THIN' ? 'partiel' : 'prevu';
    };
    expect(verdicts.size).toBe(291);
    const systemes = [...app.catalogue.systemes.values()];
    expect(systemes.map((s) => [s.id, servicesDe(app.catalogue, s, HOUSE.sert).etat])).toEqual(systemes.map((s) => [s.id, attendu(s.id)]));
    for (const id of Object.keys(SERVIS_DEPUIS)) expect([id, verdicts.get(id) ?? 'planned']).not.toEqual([id, 'REAL']);
    for (const id of Object.keys(PLUS_SEVERE)) expect([id, verdicts.get(id)]).toEqual([id, 'REAL']);
  });
});
