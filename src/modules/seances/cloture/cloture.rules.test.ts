/** Who speaks last of an approval that another noted, and who signs the letter that sends minutes. */
import { describe, expect, test } from 'vitest';
import { texteReleve } from '../preparation/convocation.rules.ts';
import { direContestee, ligneDApprobation } from '../releve/approbations.rules.ts';
import { participantEcrit, releveContenu } from '../releve/documents.fixtures.ts';
import type { ApprobationEcrite, ApprobationNotee } from '../releve/releve.modele.ts';
import type { Participant } from '../seances.queries.ts';
import { actesDe, aNote, type Chaise, chaiseDe, ditACote, type LigneDApprobation, numeroter, type Presidences, suivreApprobations } from './cloture.rules.ts';
import type { Approbation, Parole } from './contenu.queries.ts';

const NOTEE = { noteePar: 'N. Benali', noteeDe: 'DPMP', noteeCompte: 'k1', piece: 'Message' };
const ICI = { adresse: 'convoquee@exemple.fr' };
const BIS = { adresse: 'bis@exemple.fr' };
const SEANCE = { adresse: 'seance@exemple.fr' };
const AILLEURS = { adresse: 'depuis@exemple.fr' };
const PAUL = { adresse: 'paul@exemple.fr' };
/** Fatou was convoked at one address, then at another; the line had a third one at the session. Xavier was convoked before her; Paul is her substitute. */
const MAIRE: LigneDApprobation['participant'] = {
  ...{ id: 'p', fonction: 'Maire', nom: 'Fatou Ndiaye', courriel: SEANCE.adresse, suppleantNom: 'Paul Petit', suppleantCourriel: PAUL.adresse },
  convocations: [
    { adresse: 'x@exemple.fr', nom: 'Xavier', suppleant: false, partie: true },
    { adresse: ICI.adresse, nom: 'Fatou Ndiaye', suppleant: false, partie: true },
    { adresse: BIS.adresse, nom: 'FATOU  Ndiaye', suppleant: false, partie: true },
    { adresse: PAUL.adresse, nom: 'Paul Petit', suppleant: true, partie: false },
  ],
  ...{ nulConvoque: false, ecartees: [], presence: 'present' },
};
const FORCES: Record<string, number> = { titulaire: 6, suppleant: 2, suppleant_successeur: 2, convoque_dabord: -1 };
type Dit = Partial<Parole> & { par?: string };
const parole = (o: Dit): Parole => ({
  ...{ rang: 1, motif: '', par: '', parLien: true, adresse: '', depuis: false, voie: '', acte: 'contestee', ecartee: false, quand: '2026-11-12T10:00:00Z' },
  ...{ force: o.depuis ? 0 : (FORCES[o.voie ?? ''] ?? 4), ...o },
});
/** As it is read: `dits` in the order in which they were said, its giver's first. */
const approbationDe = (o: Partial<Approbation>, ...dits: Dit[]): LigneDApprobation => {
  const paroles = dits.map((x, i) => parole({ rang: i + 1, ...x }));
  const [tete] = paroles
    .filter((m) => !m.ecartee && m.voie !== 'convoque_dabord')
    .sort((x, y) => y.force - x.force || Number(y.acte === 'contestee') - Number(x.acte === 'contestee') || y.rang - x.rang);
  const { acte, ...dit } = tete && tete.acte !== 'donnee' ? tete : parole({ acte: 'donnee', parLien: false });
  const approbation: Approbation = {
    ...{ participantId: 'p', fonction: 'Maire', empreinte: 'e', par: '', piece: '', quand: new Date('2026-11-12T09:00:00Z') },
    ...{ noteePar: '', noteeDe: '', noteeCompte: null, voie: '', adresse: '', depuis: false, sansAdresse: false, paroles },
    ...{ reponse: acte === 'donnee' ? null : acte, reponseMotif: dit.motif, reponsePar: dit.par, reponseLe: acte === 'donnee' ? null : new Date(dit.quand) },
    reponseVoie: dit.voie === 'convoque_dabord' ? '' : dit.voie,
    ...{ reponseParLien: dit.parLien, reponseAdresse: dit.adresse, reponseDepuis: dit.depuis, ...o },
  };
  const etat = approbation.reponse === 'contestee' ? 'contestee' : 'donnee';
  return { participant: MAIRE, desormais: MAIRE, seule: false, nom: 'Fatou Ndiaye', successeur: null, etat, approbation, toutes: [approbation] };
};
/** Given in that quality, from there. */
const donnee = (voie: Approbation['voie'], { adresse }: { adresse: string }, depuis = false, ...dits: Dit[]): LigneDApprobation =>
  approbationDe({ voie, adresse, depuis }, { rang: 0, acte: 'donnee', voie, adresse, depuis, parLien: false }, ...dits);
const parDe = (acte: 'confirmee' | 'contestee', voie: Parole['voie'], adresse: string, plus: Dit = {}) =>
  approbationDe(NOTEE, { acte, voie, adresse, ...plus });
/** What may be said from there. `par`: name of their account; by a link without. */
const actes = (ligne: LigneDApprobation, voie: Chaise['voie'], { adresse }: { adresse: string }, o: { par?: string; depuis?: boolean } = {}) =>
  actesDe({
    ligne,
    voie,
    adresse,
    depuis: o.depuis ?? adresse === AILLEURS.adresse,
    convoquee: true,
    nom: NOMS[voie] ?? 'Ada Neuve',
    par: o.par ?? '',
    parLien: !o.par,
  });
const NOMS: Record<string, string> = { titulaire: 'Fatou Ndiaye', suppleant: 'Paul Petit' };
const [RIEN, TOUT, SIENNE] = [[], ['confirmee', 'contestee'], ['confirmee', 'reprise']];
const DITES = ['confirmee', 'contestee'] as const;

describe('Une approbation notée', () => {
  test('c’est le compte qui l’a notée, non le nom ; par le nom quand le compte n’est pas gardé', () => {
    const u = { id: 'k1', nom: 'Autre nom', organisationId: 'PP' };
    const homonyme = { id: 'k2', nom: 'N. Benali', organisationId: 'DPMP' };
    expect([aNote(NOTEE, u), aNote(NOTEE, homonyme), aNote({ ...NOTEE, noteeCompte: null }, homonyme), aNote(NOTEE, null)]).toEqual([true, false, true, false]);
  });
  test('donnée par qui préside désormais, se confirme ou se conteste par qui présidait, et par personne d’autre', () => {
    const peuvent = (l: LigneDApprobation) => (['titulaire', 'suppleant', 'successeur', 'suppleant_successeur'] as const).map((v) => actes(l, v, ICI));
    expect(peuvent(donnee('successeur', { adresse: 'ada@exemple.fr' }))).toEqual([TOUT, RIEN, RIEN, RIEN]);
    expect(peuvent(donnee('suppleant_successeur', { adresse: 'ada@exemple.fr' }))).toEqual([TOUT, RIEN, TOUT, RIEN]);
  });
});

test('la suppléance ne parle pas après le titulaire, qui parle après elle ; chacun finit ce qu’il conteste, sans rien confirmer', () => {
  for (const r of DITES) {
    for (const x of [ICI, BIS, SEANCE]) expect(actes(parDe(r, 'titulaire', x.adresse), 'suppleant', PAUL)).toEqual(RIEN);
    for (const voie of ['suppleant', 'successeur', 'suppleant_successeur'] as const)
      expect([ICI, SEANCE].map((x) => actes(parDe(r, voie, PAUL.adresse), 'titulaire', x))).toEqual([TOUT, TOUT]);
  }
  expect(actes(parDe('contestee', 'titulaire', ICI.adresse), 'titulaire', ICI)).toEqual(SIENNE);
  expect(actes(parDe('confirmee', 'titulaire', ICI.adresse), 'titulaire', ICI)).toEqual(RIEN);
  expect(actes({ ...parDe('contestee', 'titulaire', ICI.adresse), etat: 'caduque' }, 'titulaire', ICI)).toEqual(['reprise']);
  expect(actes({ ...parDe('contestee', 'titulaire', ICI.adresse), etat: 'caduque' }, 'titulaire', BIS)).toEqual(RIEN);
  // Said before addresses were kept.
  for (const x of [ICI, AILLEURS]) expect(actes(parDe('contestee', 'titulaire', ''), 'titulaire', x)).toEqual(SIENNE);
});
test('de deux adresses d’une voix, aucune ne finit ce que dit l’autre par un lien : les deux se disent, la contestation tient ; le compte à son nom prévaut', () => {
  const deux = approbationDe(
    NOTEE,
    { acte: 'contestee', voie: 'titulaire', adresse: ICI.adresse },
    { acte: 'confirmee', voie: 'titulaire', adresse: BIS.adresse },
  );
  expect([deux.etat, ditACote(deux.approbation as NonNullable<typeof deux.approbation>).map((m) => m.adresse)]).toEqual(['contestee', [BIS.adresse]]);
  for (const r of DITES)
    for (const [x, y] of [
      [ICI, BIS],
      [BIS, ICI],
    ] as const)
      expect(actes(parDe(r, 'titulaire', x.adresse), 'titulaire', y)).toEqual(TOUT);
  const elle = { par: 'FATOU ndiaye', depuis: true };
  for (const r of DITES) {
    expect(actes(parDe(r, 'titulaire', ICI.adresse), 'titulaire', AILLEURS, elle)).toEqual(TOUT);
    expect(actes(parDe(r, 'suppleant', PAUL.adresse), 'titulaire', AILLEURS, elle)).toEqual(TOUT);
    // Written on the seat since, an address ends nothing under another name; once she said it herself, a link says nothing more.
    for (const voie of ['titulaire', 'suppleant', 'successeur'] as const)
      expect(actes(parDe(r, voie, PAUL.adresse), 'titulaire', AILLEURS, { par: 'Jean Autre', depuis: true })).toEqual(RIEN);
    expect(actes(parDe(r, 'titulaire', AILLEURS.adresse, { force: 7, depuis: true }), 'titulaire', ICI)).toEqual(RIEN);
  }
});
test('qui préside désormais répond à toute suppléance, convoquée ou non, et à rien de ce que dit qui présidait', () => {
  const ada = { adresse: 'ada@exemple.fr' };
  for (const r of DITES) {
    for (const voie of ['suppleant', 'suppleant_successeur'] as const) expect(actes(parDe(r, voie, PAUL.adresse), 'successeur', ada)).toEqual(TOUT);
    expect(actes(parDe(r, 'titulaire', ICI.adresse), 'successeur', ada)).toEqual(RIEN);
    expect(actes(parDe(r, 'suppleant', PAUL.adresse), 'suppleant_successeur', ada)).toEqual(RIEN);
  }
});
test('ce qui fut dit d’une adresse qui n’était pas la sienne n’arrête personne, et se dit à côté', () => {
  const l = parDe('contestee', 'titulaire', ICI.adresse, { ecartee: true, force: 0 });
  expect([l.etat, actes(l, 'titulaire', BIS), actes(l, 'suppleant', PAUL)]).toEqual(['donnee', TOUT, TOUT]);
  expect(ditACote(l.approbation as NonNullable<typeof l.approbation>)).toHaveLength(1);
  expect(chaiseDe({ ...l, participant: { ...MAIRE, ecartees: [ICI.adresse] } }, ICI.adresse, null)).toBeNull();
});
test('qui fut convoqué d’abord le dit à côté, le reprend, sans que rien n’en dépende ni n’y réponde', () => {
  const x = { adresse: 'x@exemple.fr' };
  const dit: Dit = { voie: 'convoque_dabord', adresse: x.adresse };
  for (const r of DITES) {
    const sans = parDe(r, 'titulaire', ICI.adresse);
    const avec = approbationDe(NOTEE, { acte: r, voie: 'titulaire', adresse: ICI.adresse }, dit);
    expect([actes(sans, 'convoque_dabord', x), actes(avec, 'convoque_dabord', x), avec.etat]).toEqual([['contestee'], ['reprise'], sans.etat]);
  }
  // Of what who presided gave, having no other address, they are asked nothing.
  const seule = { ...MAIRE, courriel: ICI.adresse, convocations: MAIRE.convocations.filter((c) => c.adresse !== BIS.adresse) };
  expect(actes({ ...donnee('titulaire', ICI), participant: seule, desormais: seule }, 'convoque_dabord', x)).toEqual(RIEN);
});
test('le dernier mot de ce qui est donné est de qui l’a donné', () => {
  const peuvent = (l: LigneDApprobation) => [ICI, BIS, SEANCE, AILLEURS].map((x) => actes(l, 'titulaire', x));
  expect(peuvent(donnee('titulaire', ICI))).toEqual([RIEN, TOUT, TOUT, RIEN]);
  expect(peuvent(donnee('titulaire', AILLEURS, true))).toEqual([TOUT, TOUT, TOUT, RIEN]);
  expect(peuvent(donnee('suppleant', PAUL))).toEqual([TOUT, TOUT, TOUT, RIEN]);
  for (const v of ['suppleant', 'successeur', 'suppleant_successeur'] as const) expect(actes(donnee('titulaire', ICI), v, PAUL)).toEqual(RIEN);
});
test('qui tient de nouveau le siège auquel on l’a convoqué d’abord parle comme qui préside désormais', () => {
  const successeur = { courriel: 'x@exemple.fr', nom: 'Xavier', enSuppleance: false };
  const voies = [null, successeur].map((x) => chaiseDe({ ...approbationDe(NOTEE), successeur: x }, 'X@exemple.fr', null)?.voie);
  expect(voies).toEqual(['convoque_dabord', 'successeur']);
});

test('rien n’est noté pour qui conteste et tient encore la présidence, le texte changerait-il ; un autre approuverait-il, cela tient', () => {
  const president = { id: 'p', qualite: 'president', retireLe: null } as Participant;
  const [avant] = parDe('contestee', 'titulaire', ICI.adresse).toutes;
  const une = (o: object, ...dits: Dit[]) => ({ ...approbationDe(o, ...dits).toutes[0], participantId: 'p' }) as Approbation;
  const notee = (plus: Dit = {}) => une({ ...NOTEE, empreinte: 'avant' }, { voie: 'titulaire', adresse: ICI.adresse, ...plus });
  const seule = (empreinte: string, approbations: Approbation[], o: Partial<Presidences> = {}) =>
    suivreApprobations({ participants: [president], ...o }, approbations, empreinte)[0]?.seule;
  expect([avant !== undefined, seule('avant', [notee()]), seule('apres', [notee()])]).toEqual([true, true, true]);
  // By another voice, or from an address given since, it ends with its text; so does it once they hold the chair no more, or nobody reads there.
  for (const autre of [{ voie: 'suppleant' as const }, { depuis: true }, { ecartee: true }]) expect(seule('apres', [notee(autre)])).toBe(false);
  expect(seule('apres', [notee()], { successeurs: new Map([['p', { courriel: 'ada@exemple.fr', nom: 'Ada', enSuppleance: false }]]) })).toBe(false);
  expect(seule('apres', [notee()], { fermees: new Set([ICI.adresse]) })).toBe(false);
  const tard = { quand: new Date('2026-11-13T09:00:00Z'), empreinte: 'entre' };
  const donnee = (voie: Approbation['voie'], adresse: string, force?: number) =>
    une({ voie, adresse, ...tard }, { rang: 0, acte: 'donnee', voie, adresse, ...(force === undefined ? {} : { force }) });
  expect(seule('apres', [donnee('suppleant', PAUL.adresse), notee()])).toBe(true);
  // Since then they approved themselves: from there, or under their name.
  expect(
    [donnee('titulaire', ICI.adresse), donnee('titulaire', AILLEURS.adresse, 7), donnee('titulaire', BIS.adresse)].map((x) => seule('apres', [x, notee()])),
  ).toEqual([false, false, true]);
});

describe('La lettre du relevé', () => {
  const signee = (approbations: ApprobationEcrite[]) => {
    const contenu = releveContenu({
      participants: [
        participantEcrit({ qualite: 'president', fonction: 'Maire', nom: 'Paul Martin' }),
        participantEcrit({ qualite: 'secretaire', fonction: 'Secrétaire', nom: 'Nadia Benali' }),
      ],
      approbations,
    });
    const { texte } = texteReleve(contenu, { restreinte: false, rectificatif: 0, joint: true, lien: 'x', arretePar: 'Nadia Benali' });
    return texte.split('considération distinguée.')[1]?.trim();
  };
  const approbation = (notee?: Partial<ApprobationNotee>): ApprobationEcrite => ({
    ...{ fonction: 'Maire', par: 'Paul Martin', piece: '', quand: '2026-11-12' },
    ...(notee ? { notee: { par: 'Nadia Benali', de: 'DPMP', ...notee } } : {}),
  });
  test('est signée de qui a approuvé ou confirmé, jamais d’une présidence qui n’a rien fait', () => {
    expect(signee([approbation()])).toBe('Paul Martin\nMaire\n\nRelevé arrêté par Nadia Benali.');
    expect(signee([approbation({ reponse: 'confirmee', reponsePar: 'Léa Roux', reponseVoie: 'suppleant' })])).toContain('Léa Roux\nMaire, en suppléance');
    expect(signee([{ ...approbation(), voie: 'suppleant_successeur' }])).toContain('Maire, en suppléance de qui préside désormais');
    for (const n of [{}, { reponse: 'contestee' as const, reponsePar: 'Paul Martin' }]) expect(signee([approbation(n)])).toBe('Nadia Benali\nSecrétaire');
    // From an address given since, it signs nothing.
    expect(signee([{ ...approbation(), depuis: true }])).toBe('Nadia Benali\nSecrétaire');
    expect(signee([])).toBe('Nadia Benali\nSecrétaire');
  });
});

test('le public lit qui conteste en quelle qualité, sans nom', () => {
  const dite = (n: Partial<ApprobationNotee>) =>
    direContestee({ fonction: 'Maire', par: '', piece: '', quand: '', notee: { par: '', de: '', reponse: 'contestee', ...n } });
  expect([dite({}), dite({ reponseVoie: 'suppleant' }), dite({ reponseDepuis: true })]).toEqual([
    'Maire conteste l’approbation notée en son nom',
    'Maire : la suppléance de la présidence conteste l’approbation notée en son nom',
    'Maire : une personne dont l’adresse n’est pas celle de la convocation conteste l’approbation notée en son nom',
  ]);
});

test('ce que dit qui fut convoqué d’abord se lit à côté d’une approbation qui tient, nommé ou non', () => {
  const lue = (par: string) =>
    ligneDApprobation({ fonction: 'Maire', par: 'Yves', piece: '', quand: '2026-11-12', dabord: [{ par, parLien: true }] }).map((c) => JSON.stringify(c));
  expect(lue('Xavier')[1]).toContain('Xavier, convoqué d’abord à ce siège, dit que ce n’est pas exact, par le lien envoyé à l’adresse de la convocation');
  expect(lue('')[1]).toContain('une personne convoquée d’abord à ce siège dit que ce n’est pas exact');
});

test('les numéros disent l’instance, le lieu, l’année et le rang', () => {
  expect(numeroter({ nom: 'Conseil', sigle: 'CSPDA', territoire: '18e' }, '2026', 3)).toBe('CSPDA-18e/2026/3');
  expect(numeroter({ nom: 'Comité local d’aide aux victimes', sigle: null, territoire: null }, '2026', 1)).toBe('CLV/2026/1');
});
