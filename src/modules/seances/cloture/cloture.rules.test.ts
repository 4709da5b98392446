/** Who speaks last of an approval that another noted, and who signs the letter that sends minutes. */
import { describe, expect, test } from 'vitest';
import { texteReleve } from '../preparation/convocation.rules.ts';
import { direContestee } from '../releve/approbations.rules.ts';
import { participantEcrit, releveContenu } from '../releve/documents.fixtures.ts';
import type { ApprobationEcrite, ApprobationNotee } from '../releve/releve.modele.ts';
import { aNote, type LigneDApprobation, numeroter, peutRepondre, suivreApprobations } from './cloture.rules.ts';

const NOTEE = { noteePar: 'N. Benali', noteeDe: 'DPMP', noteeCompte: 'k1', piece: 'Message' };
/** Said before addresses were kept. */
const SANS = { reponseAdresse: '', reponseDepuis: false };
const ligne = (reponse: 'confirmee' | 'contestee' | null, reponseVoie: '' | 'titulaire' | 'suppleant'): LigneDApprobation =>
  ({ etat: reponse === 'contestee' ? 'contestee' : 'donnee', approbation: { ...NOTEE, reponse, reponseVoie, ...SANS } }) as LigneDApprobation;

const ICI = { adresse: 'convoquee@exemple.fr', depuis: false };
const AILLEURS = { adresse: 'depuis@exemple.fr', depuis: true };

describe('Une approbation notée', () => {
  test('c’est le compte qui l’a notée, non le nom ; par le nom quand le compte n’est pas gardé', () => {
    const u = { id: 'k1', nom: 'Autre nom', organisationId: 'PP' };
    const homonyme = { id: 'k2', nom: 'N. Benali', organisationId: 'DPMP' };
    expect([aNote(NOTEE, u), aNote(NOTEE, homonyme), aNote({ ...NOTEE, noteeCompte: null }, homonyme), aNote(NOTEE, null)]).toEqual([true, false, true, false]);
  });
  test('donnée par qui préside désormais, se confirme ou se conteste par qui présidait, et par personne d’autre', () => {
    const donnee = (voie: string, reponse: 'contestee' | null) =>
      ({
        etat: reponse ?? 'donnee',
        approbation: { noteePar: '', piece: '', voie, reponse, reponseVoie: reponse ? 'titulaire' : '', ...SANS },
      }) as LigneDApprobation;
    const peuvent = (l: LigneDApprobation) =>
      (['titulaire', 'suppleant', 'successeur', 'suppleant_successeur'] as const).map((voie) => peutRepondre(l, voie, ICI));
    for (const reponse of [null, 'contestee'] as const) expect(peuvent(donnee('successeur', reponse))).toEqual([true, false, false, false]);
    expect(peuvent(donnee('suppleant_successeur', null))).toEqual([true, false, true, false]);
    expect(peuvent(donnee('titulaire', null))).toEqual([false, false, false, false]);
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

test('d’une adresse donnée depuis, on ne finit que sa propre parole ; qui fut convoqué répond après elle, et ne finit pas celle d’une autre adresse', () => {
  const dite = (reponse: 'confirmee' | 'contestee', adresse: string, depuis: boolean): LigneDApprobation => {
    const l = ligne(reponse, 'titulaire');
    return { ...l, approbation: { ...l.approbation, reponseAdresse: adresse, reponseDepuis: depuis } } as LigneDApprobation;
  };
  const peuvent = (l: LigneDApprobation) => [ICI, AILLEURS, { ...ICI, adresse: 'autre@exemple.fr' }].map((x) => peutRepondre(l, 'titulaire', x));
  expect(peuvent(dite('confirmee', ICI.adresse, false))).toEqual([false, false, true]);
  expect(peuvent(dite('contestee', ICI.adresse, false))).toEqual([true, false, false]);
  expect(peuvent(dite('confirmee', AILLEURS.adresse, true))).toEqual([true, false, true]);
  expect(peuvent(dite('contestee', AILLEURS.adresse, true))).toEqual([true, true, true]);
});

const DITES = ['confirmee', 'contestee'] as const;
const parDe = (reponse: 'confirmee' | 'contestee', reponseVoie: string, reponseAdresse: string, reponseDepuis: boolean) =>
  ({
    etat: reponse === 'contestee' ? 'contestee' : 'donnee',
    approbation: { ...NOTEE, reponse, reponseVoie, reponseAdresse, reponseDepuis },
  }) as LigneDApprobation;

test('les rangs décident d’abord : d’une adresse donnée depuis ou non, la suppléance ne parle pas après le titulaire, qui parle après elle', () => {
  const dites = (voie: string) => DITES.map((r) => parDe(r, voie, 'depuis@exemple.fr', true));
  const paul = { adresse: 'paul@exemple.fr', depuis: true };
  for (const l of dites('titulaire')) expect([paul, { ...paul, depuis: false }].map((x) => peutRepondre(l, 'suppleant', x))).toEqual([false, false]);
  for (const l of dites('suppleant'))
    expect([ICI, { adresse: 'elle@exemple.fr', depuis: true }].map((x) => peutRepondre(l, 'titulaire', x))).toEqual([true, true]);
  // Nor was who presides since convoked: who held the chair that day answers, at whichever address.
  for (const r of DITES) expect(peutRepondre(parDe(r, 'successeur', 'ada@exemple.fr', false), 'titulaire', AILLEURS)).toBe(true);
  // What a substitute said where they were convoked is not ended from an address given since.
  for (const r of DITES) expect(peutRepondre(parDe(r, 'suppleant', 'paul@exemple.fr', false), 'titulaire', AILLEURS)).toBe(false);
});
test('qui préside désormais répond à toute suppléance, convoquée ou non', () => {
  for (const depuis of [true, false])
    for (const voie of ['suppleant', 'suppleant_successeur'])
      for (const r of DITES)
        expect(peutRepondre(parDe(r, voie, 'paul@exemple.fr', depuis), 'successeur', { adresse: 'ada@exemple.fr', depuis: false })).toBe(true);
});
test('ce qui fut dit sans que son adresse soit gardée est de qui parle de cette place, où que le siège ait été convoqué', () => {
  for (const voie of ['titulaire', 'suppleant'] as const)
    expect([ICI, AILLEURS].map((x) => peutRepondre(parDe('contestee', voie, '', false), voie, x))).toEqual([true, true]);
});

test('qui fut convoqué d’abord conteste, et qui le fut après et siège répond après lui', () => {
  const x = { adresse: 'x@exemple.fr', depuis: false };
  const [noteeSeule, contestee] = [ligne(null, ''), parDe('contestee', 'convoque_dabord', x.adresse, false)];
  expect([peutRepondre(noteeSeule, 'convoque_dabord', x), peutRepondre(contestee, 'convoque_dabord', x)]).toEqual([true, false]);
  expect((['titulaire', 'successeur', 'suppleant'] as const).map((v) => peutRepondre(contestee, v, ICI))).toEqual([true, true, false]);
  // Not from an address given since: who keeps the body writes it.
  expect(peutRepondre(contestee, 'titulaire', AILLEURS)).toBe(false);
  for (const r of DITES) expect(peutRepondre(parDe(r, 'titulaire', ICI.adresse, false), 'convoque_dabord', x)).toBe(false);
  expect(DITES.map((r) => peutRepondre(parDe(r, 'titulaire', AILLEURS.adresse, true), 'convoque_dabord', x))).toEqual([true, false]);
});
test('ce qui est donné d’une adresse donnée depuis est d’un autre : qui fut convoqué y répond, qui l’a donné non', () => {
  const approbation = { noteePar: '', piece: '', voie: 'titulaire', adresse: AILLEURS.adresse, depuis: true, reponse: null, reponseVoie: '', ...SANS };
  const donnee = { etat: 'donnee', approbation } as LigneDApprobation;
  expect([ICI, AILLEURS].map((x) => peutRepondre(donnee, 'titulaire', x))).toEqual([true, false]);
  expect((['suppleant', 'successeur', 'convoque_dabord'] as const).map((v) => peutRepondre(donnee, v, ICI))).toEqual([false, true, true]);
  expect(peutRepondre({ ...donnee, approbation: { ...donnee.approbation, depuis: false } } as LigneDApprobation, 'titulaire', ICI)).toBe(false);
});

test('une présidence qui conteste ce qui fut noté en son nom approuve seule, le texte changerait-il', () => {
  const president = { id: 'p', qualite: 'president', retireLe: null } as Parameters<typeof suivreApprobations>[0][number];
  const notee = { ...NOTEE, participantId: 'p', empreinte: 'avant', reponse: 'contestee' } as Parameters<typeof suivreApprobations>[1][number];
  const lue = (empreinte: string, ...avant: (typeof notee)[]) => suivreApprobations([president], [...avant, notee], empreinte).map((l) => [l.etat, l.seule]);
  expect([lue('avant'), lue('apres')]).toEqual([[['contestee', true]], [['caduque', true]]]);
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
  expect([dite({}), dite({ reponseVoie: 'suppleant' }), dite({ reponseVoie: 'convoque_dabord' }), dite({ reponseDepuis: true })]).toEqual([
    'Maire conteste l’approbation notée en son nom',
    'Maire : la suppléance de la présidence conteste l’approbation notée en son nom',
    'Maire : une personne convoquée d’abord à ce siège conteste l’approbation notée en son nom',
    'Maire : une personne dont l’adresse n’est pas celle de la convocation conteste l’approbation notée en son nom',
  ]);
});

test('les numéros disent l’instance, le lieu, l’année et le rang', () => {
  expect(numeroter({ nom: 'Conseil', sigle: 'CSPDA', territoire: '18e' }, '2026', 3)).toBe('CSPDA-18e/2026/3');
  expect(numeroter({ nom: 'Comité local d’aide aux victimes', sigle: null, territoire: null }, '2026', 1)).toBe('CLV/2026/1');
});
