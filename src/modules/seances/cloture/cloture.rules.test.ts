/** Who speaks last of an approval that another noted, and who signs the letter that sends minutes. */
import { describe, expect, test } from 'vitest';
import { texteReleve } from '../preparation/convocation.rules.ts';
import { direContestee, ligneDApprobation } from '../releve/approbations.rules.ts';
import { participantEcrit, releveContenu } from '../releve/documents.fixtures.ts';
import type { ApprobationEcrite, ApprobationNotee } from '../releve/releve.modele.ts';
import { aNote, chaiseDe, type LigneDApprobation, numeroter, peutRepondre, suivreApprobations } from './cloture.rules.ts';

const NOTEE = { noteePar: 'N. Benali', noteeDe: 'DPMP', noteeCompte: 'k1', piece: 'Message' };
const ICI = { adresse: 'convoquee@exemple.fr' };
const BIS = { adresse: 'bis@exemple.fr' };
const SEANCE = { adresse: 'seance@exemple.fr' };
const AILLEURS = { adresse: 'depuis@exemple.fr' };
const PAUL = { adresse: 'paul@exemple.fr' };
/** Fatou was convoked at one address, then at another; the line had a third one at the session. Xavier was convoked before her; Paul is her substitute. */
const MAIRE = {
  ...{ id: 'p', fonction: 'Maire', nom: 'Fatou Ndiaye', courriel: SEANCE.adresse, suppleantNom: 'Paul Petit', suppleantCourriel: PAUL.adresse },
  convocations: [
    { adresse: 'x@exemple.fr', nom: 'Xavier', suppleant: false, partie: true },
    { adresse: ICI.adresse, nom: 'Fatou Ndiaye', suppleant: false, partie: true },
    { adresse: BIS.adresse, nom: 'FATOU  Ndiaye', suppleant: false, partie: true },
    { adresse: PAUL.adresse, nom: 'Paul Petit', suppleant: true, partie: false },
  ],
  ...{ nulConvoque: false, presence: 'present' },
} as unknown as LigneDApprobation['participant'];
const approbationDe = (o: object): LigneDApprobation => {
  const a = {
    noteePar: '',
    piece: '',
    voie: '',
    adresse: '',
    depuis: false,
    reponse: null,
    reponseVoie: '',
    reponseAdresse: '',
    reponseDepuis: false,
    dabord: [],
  };
  const approbation = { ...a, ...o } as unknown as NonNullable<LigneDApprobation['approbation']>;
  return {
    participant: MAIRE,
    desormais: MAIRE,
    seule: false,
    successeur: null,
    etat: approbation.reponse === 'contestee' ? 'contestee' : 'donnee',
    approbation,
  };
};
const parDe = (reponse: 'confirmee' | 'contestee', reponseVoie: string, reponseAdresse: string) =>
  approbationDe({ ...NOTEE, reponse, reponseVoie, reponseAdresse });
/** Said before addresses were kept. */
const ligne = (reponse: 'confirmee' | 'contestee' | null, reponseVoie: '' | 'titulaire' | 'suppleant'): LigneDApprobation =>
  approbationDe({ ...NOTEE, reponse, reponseVoie });
const DITES = ['confirmee', 'contestee'] as const;

describe('Une approbation notée', () => {
  test('c’est le compte qui l’a notée, non le nom ; par le nom quand le compte n’est pas gardé', () => {
    const u = { id: 'k1', nom: 'Autre nom', organisationId: 'PP' };
    const homonyme = { id: 'k2', nom: 'N. Benali', organisationId: 'DPMP' };
    expect([aNote(NOTEE, u), aNote(NOTEE, homonyme), aNote({ ...NOTEE, noteeCompte: null }, homonyme), aNote(NOTEE, null)]).toEqual([true, false, true, false]);
  });
  test('donnée par qui préside désormais, se confirme ou se conteste par qui présidait, et par personne d’autre', () => {
    const donnee = (voie: string, reponse: 'contestee' | null) =>
      approbationDe({ voie, adresse: 'ada@exemple.fr', reponse, reponseVoie: reponse ? 'titulaire' : '', reponseAdresse: reponse ? ICI.adresse : '' });
    const peuvent = (l: LigneDApprobation) =>
      (['titulaire', 'suppleant', 'successeur', 'suppleant_successeur'] as const).map((voie) => peutRepondre(l, voie, ICI));
    for (const reponse of [null, 'contestee'] as const) expect(peuvent(donnee('successeur', reponse))).toEqual([true, false, false, false]);
    expect(peuvent(donnee('suppleant_successeur', null))).toEqual([true, false, true, false]);
  });
  test('la suppléance ne dit plus rien après le titulaire, le titulaire parle jusqu’à ce qu’il ait confirmé', () => {
    const peuvent = (l: LigneDApprobation) => [peutRepondre(l, 'titulaire', ICI), peutRepondre(l, 'suppleant', ICI)];
    expect(peuvent(ligne(null, ''))).toEqual([true, true]);
    expect(peuvent(ligne('confirmee', 'suppleant'))).toEqual([true, false]);
    expect(peuvent(ligne('contestee', 'suppleant'))).toEqual([true, true]);
    expect(peuvent(ligne('confirmee', 'titulaire'))).toEqual([false, false]);
    expect(peuvent(ligne('contestee', 'titulaire'))).toEqual([true, false]);
    expect(peuvent(ligne('confirmee', ''))).toEqual([true, false]);
  });
});

test('dans une même voix, l’adresse convoquée la première répond à toutes, celle de la séance à celle écrite depuis, et chacune finit ce qu’elle conteste', () => {
  const adresses = [ICI, BIS, SEANCE, AILLEURS];
  const peuvent = (r: 'confirmee' | 'contestee', x: { adresse: string }) => adresses.map((i) => peutRepondre(parDe(r, 'titulaire', x.adresse), 'titulaire', i));
  expect(adresses.map((x) => peuvent('confirmee', x))).toEqual([
    [false, false, false, false],
    [true, false, false, false],
    [true, true, false, false],
    [true, true, true, false],
  ]);
  expect(adresses.map((x) => peuvent('contestee', x))).toEqual([
    [true, false, false, false],
    [true, true, false, false],
    [true, true, true, false],
    [true, true, true, true],
  ]);
  // Of two written since, neither ends what the other said.
  expect(peutRepondre(parDe('confirmee', 'titulaire', AILLEURS.adresse), 'titulaire', { adresse: 'encore@exemple.fr' })).toBe(false);
});

test('les rangs décident entre les voix : la suppléance ne parle pas après le titulaire, qui parle après elle d’où le siège était à la séance', () => {
  for (const r of DITES) {
    for (const x of [ICI, SEANCE, AILLEURS]) expect(peutRepondre(parDe(r, 'titulaire', x.adresse), 'suppleant', PAUL)).toBe(false);
    // Absent when they were convoked, back since, or at an address corrected before the session: they preside.
    for (const voie of ['suppleant', 'successeur', 'suppleant_successeur'])
      expect([ICI, SEANCE].map((x) => peutRepondre(parDe(r, voie, PAUL.adresse), 'titulaire', x))).toEqual([true, true]);
    // An address written on the seat since the session ends nothing that another voice said.
    for (const voie of ['suppleant', 'successeur']) expect(peutRepondre(parDe(r, voie, PAUL.adresse), 'titulaire', AILLEURS)).toBe(false);
    expect(peutRepondre(parDe(r, 'suppleant', 'autre@exemple.fr'), 'titulaire', AILLEURS)).toBe(true);
  }
});
test('qui préside désormais répond à toute suppléance, convoquée ou non, et à rien de ce que dit qui présidait', () => {
  const ada = { adresse: 'ada@exemple.fr' };
  for (const r of DITES) {
    for (const voie of ['suppleant', 'suppleant_successeur']) expect(peutRepondre(parDe(r, voie, PAUL.adresse), 'successeur', ada)).toBe(true);
    for (const x of [ICI, AILLEURS]) expect(peutRepondre(parDe(r, 'titulaire', x.adresse), 'successeur', ada)).toBe(false);
    expect(peutRepondre(parDe(r, 'suppleant', PAUL.adresse), 'suppleant_successeur', ada)).toBe(false);
  }
  // Who holds it after them is another person.
  expect(['ada@exemple.fr', 'bea@exemple.fr'].map((adresse) => peutRepondre(parDe('contestee', 'successeur', ada.adresse), 'successeur', { adresse }))).toEqual(
    [true, false],
  );
});
test('ce qui fut dit sans que son adresse soit gardée est de qui parle de cette place, où que le siège ait été convoqué', () => {
  for (const voie of ['titulaire', 'suppleant'] as const)
    expect([ICI, AILLEURS].map((x) => peutRepondre(parDe('contestee', voie, ''), voie, x))).toEqual([true, true]);
});

test('qui fut convoqué d’abord le dit à côté, une fois, sans que rien n’en dépende ni n’y réponde', () => {
  const x = { adresse: 'x@exemple.fr' };
  const dit = [{ par: 'Xavier', motif: 'Non', adresse: x.adresse, parLien: true }];
  for (const l of [ligne(null, ''), ...DITES.map((r) => parDe(r, 'titulaire', ICI.adresse)), approbationDe({ voie: 'titulaire', ...SEANCE, depuis: true })])
    expect([l, { ...l, approbation: { ...l.approbation, dabord: dit } } as LigneDApprobation].map((y) => peutRepondre(y, 'convoque_dabord', x))).toEqual([
      true,
      false,
    ]);
  // Of what who presided gave from where they were convoked, they are asked nothing.
  expect(peutRepondre(approbationDe({ voie: 'titulaire', ...ICI }), 'convoque_dabord', x)).toBe(false);
});
test('le dernier mot de ce qui est donné est de qui l’a donné : seules répondent les voix et les adresses qui parlent après lui', () => {
  const donnee = (voie: string, x: { adresse: string }, depuis = false) => approbationDe({ voie, ...x, depuis });
  const peuvent = (l: LigneDApprobation) => [ICI, BIS, SEANCE, AILLEURS].map((x) => peutRepondre(l, 'titulaire', x));
  expect(peuvent(donnee('titulaire', ICI))).toEqual([false, false, false, false]);
  expect(peuvent(donnee('titulaire', BIS))).toEqual([true, false, false, false]);
  expect(peuvent(donnee('titulaire', SEANCE, true))).toEqual([true, true, false, false]);
  expect(peuvent(donnee('titulaire', AILLEURS, true))).toEqual([true, true, true, false]);
  for (const x of [ICI, BIS, SEANCE, AILLEURS])
    expect((['suppleant', 'successeur', 'suppleant_successeur'] as const).map((v) => peutRepondre(donnee('titulaire', x), v, PAUL))).toEqual([
      false,
      false,
      false,
    ]);
  // A substitute's is the holder's to answer; not from an address written since the session.
  expect(peuvent(donnee('suppleant', PAUL))).toEqual([true, true, true, false]);
  // Before qualities and addresses were kept, it is theirs.
  expect(peuvent(donnee('', { adresse: '' }))).toEqual([false, false, false, false]);
});
test('qui tient de nouveau le siège auquel on l’a convoqué d’abord parle comme qui préside désormais', () => {
  const successeur = { courriel: 'x@exemple.fr', nom: 'Xavier', enSuppleance: false };
  const voies = [null, successeur].map((x) => chaiseDe({ ...ligne(null, ''), successeur: x }, 'X@exemple.fr')?.voie);
  expect(voies).toEqual(['convoque_dabord', 'successeur']);
});

test('une présidence qui conteste ce qui fut noté en son nom approuve seule, le texte changerait-il', () => {
  const president = { id: 'p', qualite: 'president', retireLe: null } as Parameters<typeof suivreApprobations>[0][number];
  const notee = { ...NOTEE, participantId: 'p', empreinte: 'avant', reponse: 'contestee', reponseVoie: 'titulaire', reponseDepuis: false } as Parameters<
    typeof suivreApprobations
  >[1][number];
  const lue = (empreinte: string, ...avant: (typeof notee)[]) => suivreApprobations([president], [...avant, notee], empreinte).map((l) => [l.etat, l.seule]);
  expect([lue('avant'), lue('apres')]).toEqual([[['contestee', true]], [['caduque', true]]]);
  // Contested by another voice, or from an address given since, it ends with its text.
  for (const autre of [{ reponseVoie: 'suppleant' }, { reponseDepuis: true }])
    expect(suivreApprobations([president], [{ ...notee, ...autre } as typeof notee], 'apres').map((l) => l.seule)).toEqual([false]);
  // Since then they approved themselves.
  expect(lue('apres', { ...notee, empreinte: 'apres', reponse: null, noteePar: '', piece: '' })).toEqual([['donnee', false]]);
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
  expect(lue('Xavier')[1]).toContain('Xavier, convoqué d’abord à ce siège, dit que ce n’est pas exact, par le lien qui lui a été envoyé');
  expect(lue('')[1]).toContain('une personne convoquée d’abord à ce siège dit que ce n’est pas exact');
});

test('les numéros disent l’instance, le lieu, l’année et le rang', () => {
  expect(numeroter({ nom: 'Conseil', sigle: 'CSPDA', territoire: '18e' }, '2026', 3)).toBe('CSPDA-18e/2026/3');
  expect(numeroter({ nom: 'Comité local d’aide aux victimes', sigle: null, territoire: null }, '2026', 1)).toBe('CLV/2026/1');
});
