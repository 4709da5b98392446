import { describe, expect, test } from 'vitest';
import { un as premier, brutDe, lireBrut } from './brut.rules.ts';
import { lireEntetes, nonRepris, proposer, ressemblance } from './import/entetes.rules.ts';
import { separateurDe } from '../../core/tableur/csv.ts';
import { protegerCellule } from '../../core/csv.ts';
import { essais, petiteVille } from './registres.fixtures.ts';
import { peutCreer, peutEcrire, peutEtendre, peutGererLot, peutLire } from './registres.policy.ts';
import { reprisDe } from './saisie/defauts.ts';
import type { ChampLignes } from './definition.ts';
import { differences, etendre, quantiteDesLignes, verifierDefinition } from './registres.rules.ts';
import { buildCreation } from './registres.schema.ts';
import { ecrireChamp, lireBooleen, lireChamp, lireDate, lireNombre, lireOption } from './valeurs.rules.ts';
import type { Mandat, Utilisateur } from '../../core/authorize.ts';

const schema = buildCreation(essais, petiteVille);
const lire = (b: Record<string, string | string[]>) => lireBrut(essais, petiteVille, schema, b);
const minimum = { jour: '14/03/2026', titre: 'Essai', territoire_id: '1er arrondissement', organisation_id: 'PM', 'donnees.theme': 'Rixes et bandes' };
const qui = (organisationId: string, ...mandats: Mandat[]): Utilisateur => ({
  id: 'x',
  nom: 'X',
  courriel: 'x',
  organisationId,
  fonction: '',
  mandats,
  forte: true,
});
const mandat = (role: Mandat['role'], territoireId: string | null = null): Mandat => ({ role, territoireId, fiche: null });

describe('Les valeurs sont lues comme on les écrit', () => {
  test.each([
    ['2026-03-14', '2026-03-14'],
    ['14/03/2026', '2026-03-14'],
    ['1.2.2026', '2026-02-01'],
    ['14/03/2026 10:30', '2026-03-14'],
  ])('la date « %s » est comprise', (texte, attendu) => expect(lireDate(texte)).toEqual({ ok: true, valeur: attendu }));
  test.each(['31/02/2026', '2026', 'hier'])('la date « %s » est refusée', (texte) => expect(lireDate(texte).ok).toBe(false));
  test('dans une cellule, une ligne de texte est une ligne : rien d’autre ne la coupe', () => {
    const suites = essais.champs.find((c) => c.code === 'suites');
    const lu = suites && lireChamp(suites, 'Relancer ;; puis rappeler | à faire\nClore | faite', () => null);
    expect(lu).toEqual({
      ok: true,
      valeur: [
        { quoi: 'Relancer ;; puis rappeler', etat: 'a-faire' },
        { quoi: 'Clore', etat: 'faite' },
      ],
    });
  });
  test('une colonne de nombre se lit, se refuse et s’additionne ; une ligne sans nombre n’est pas un zéro', () => {
    const releves: ChampLignes = {
      code: 'releves',
      libelle: 'Relevés',
      type: 'lignes',
      colonnes: [
        { code: 'nature', libelle: 'Nature', type: 'liste', options: [{ code: 'bruit', libelle: 'Bruit' }] },
        { code: 'nombre', libelle: 'Nombre', type: 'nombre', unite: 'faits', entier: true, max: 50 },
      ],
      quantites: [{ code: 'total', libelle: 'Total', unite: 'faits', somme: 'nombre' }],
    };
    const lire = (t: string) => lireChamp(releves, t, () => null);
    const lus = lire('Bruit | 12\nBruit');
    expect(lus).toEqual({ ok: true, valeur: [{ nature: 'bruit', nombre: 12 }, { nature: 'bruit' }] });
    expect(lire('Bruit | une dizaine')).toMatchObject({ ok: false, message: expect.stringContaining('Ligne 1 de la cellule, Nombre') });
    expect(ecrireChamp(releves, lus.ok ? lus.valeur : null, (x) => x)).toBe('Bruit | 12\nBruit | ');
    const [q] = releves.quantites;
    expect(q && [quantiteDesLignes(q, [{ nature: 'bruit', nombre: 12 }, { nombre: 3 }]), quantiteDesLignes(q, [{ nature: 'bruit' }])]).toEqual([15, null]);
    const d = { ...essais, champs: [...essais.champs, releves] };
    const lu = (n: string) =>
      lireBrut(d, petiteVille, buildCreation(d, petiteVille), { ...minimum, 'donnees.releves.0.nature': 'bruit', 'donnees.releves.0.nombre': n });
    expect(lu('7').contenu?.donnees.releves).toEqual([{ nature: 'bruit', nombre: 7 }]);
    expect(lu('51').erreurs[0]?.message).toContain('50 au plus');
    expect(
      verifierDefinition({ ...d, champs: [...essais.champs, { ...releves, quantites: [{ code: 'x', libelle: 'X', unite: 'x', somme: 'nature' }] }] }),
    ).toEqual([expect.stringContaining('n’est pas une colonne de nombre')]);
  });
  test('un nombre accepte les espaces et la virgule, refuse les mots', () => {
    expect(lireNombre('1\u202f234,5', { entier: false })).toEqual({ ok: true, valeur: 1234.5 });
    expect(lireNombre('12,5', { entier: true }).ok).toBe(false);
    expect(lireNombre('une dizaine', { entier: true }).ok).toBe(false);
    expect(lireNombre('', { entier: true })).toEqual({ ok: true, valeur: null });
  });
  test('une liste se lit par code ou par libellé, sans accents ni casse', () => {
    const options = [{ code: 'aide', libelle: 'Aide aux victimes' }];
    expect(lireOption('AIDE AUX VICTIMES', options)).toEqual({ ok: true, valeur: 'aide' });
    expect(lireOption('autre', options)).toMatchObject({ ok: false, message: expect.stringContaining('Aide aux victimes') });
    expect(lireBooleen('Vrai')).toEqual({ ok: true, valeur: true });
  });
});

describe('Un enregistrement', () => {
  test('se lit en entier, et sa ligne d’action amène sa fiche', () => {
    const lu = lire({ ...minimum, lignes: ['1.1-R1.1'], 'donnees.suites.0.quoi': 'Relancer', 'donnees.suites.0.etat': 'faite', 'donnees.suites.1.quoi': '' });
    expect(lu.erreurs).toEqual([]);
    expect(lu.contenu).toMatchObject({
      jour: '2026-03-14',
      territoire_id: '99101',
      organisation_id: 'POLICE',
      fiches: ['1.1'],
      donnees: { theme: 'rixes', suites: [{ quoi: 'Relancer', etat: 'faite' }] },
    });
  });
  test('revient au formulaire tel quel', () => {
    const lu = lire({ ...minimum, 'donnees.conjointe': 'oui', 'donnees.participants': '12', 'donnees.suites': 'Relancer | Faite' });
    if (!lu.contenu) throw new Error('illisible');
    const retour = lire(brutDe(essais, lu.contenu));
    expect(retour.contenu).toEqual(lu.contenu);
    expect(premier(brutDe(essais, lu.contenu), 'donnees.conjointe')).toBe('oui');
  });
  test('dit chaque champ à corriger, une seule fois', () => {
    const lu = lire({ jour: '31/02/2026', titre: '', territoire_id: 'Atlantide', organisation_id: '', 'donnees.participants': '-3', fin: '' });
    const champs = lu.erreurs.map((e) => e.champ);
    expect(champs).toEqual(expect.arrayContaining(['jour', 'titre', 'territoire_id', 'organisation_id', 'donnees.theme', 'donnees.participants']));
    expect(new Set(champs).size).toBe(champs.length);
  });
  test('ne finit pas avant d’avoir commencé', () => expect(lire({ ...minimum, fin: '01/03/2026' }).erreurs[0]?.champ).toBe('fin'));
  test('montre ce qui a changé', () => {
    const a = lire(minimum).contenu;
    const b = lire({ ...minimum, titre: 'Autre', 'donnees.participants': '4' }).contenu;
    if (!a || !b) throw new Error('illisible');
    expect(differences(essais, a, b).map((x) => x.champ)).toEqual(['titre', 'donnees.participants']);
  });
});

describe('Les territoires', () => {
  test.each([
    ['99101', '99101'],
    ['1er', '99101'],
    ['1', '99101'],
    ['Valmont 2', '99102'],
    ['VALMONT 2e arrondissement', '99102'],
    ['mairie du 2e', 'mairie-b'],
    ['la gare', 'q-gare'],
    ['Ailleurs 2', null],
  ])('« %s » est compris', (texte, id) => expect(petiteVille.trouverTerritoire(texte)).toBe(id));
});

describe('Les fichiers', () => {
  test('les titres de colonnes se lisent par libellé, code ou synonyme', () => {
    const e = lireEntetes(essais, ['DATE', 'titre', 'Arrondissement', 'organisme', 'theme', 'Météo']);
    expect(e.cles).toEqual(['jour', 'titre', 'territoire_id', 'organisation_id', 'donnees.theme', null]);
    expect(e.refus).toBeNull();
    const entetes = ['DATE', 'titre', 'Météo', 'Version', 'À corriger'].map((titre, i) => ({ titre, cle: e.cles[i < 2 ? i : 5] ?? null, exemples: [] }));
    expect(nonRepris(entetes)).toEqual(['Météo']);
  });
  test('un titre qui ne dit rien reçoit la meilleure proposition, une fois, par ressemblance avec libellés et synonymes', () => {
    const entetes = ['Nb de participants', 'Thématique', 'Organisme porteur', 'Date de la séance', 'Météo', 'Bilan carbone', 'À corriger'];
    const muets = entetes.map((titre) => ({ titre, cle: null, exemples: [] }));
    expect(proposer(essais, petiteVille, muets)).toEqual(['donnees.participants', 'donnees.theme', 'organisation_id', 'jour', null, null, null]);
    const parlants = [
      { titre: 'Quand', exemples: ['14/03/2026'] },
      { titre: 'Où', exemples: ['La Gare', '2e'] },
      { titre: 'Sujet', exemples: ['Rixes et bandes'] },
      { titre: 'Nb', exemples: ['12', '8'] },
    ].map((e) => ({ ...e, cle: null }));
    expect(proposer(essais, petiteVille, parlants)).toEqual(['jour', 'territoire_id', 'donnees.theme', null]);
    expect(ressemblance('meteo', 'theme')).toBeLessThan(0.45);
  });
  test('ce qu’une organisation a dit de ses colonnes l’emporte ; une colonne peut ne pas être reprise', () => {
    const a = { colonnes: { quand: 'jour', meteo: null, commentaire: null, disparu: 'donnees.jamais' }, constantes: { organisation_id: 'PM' } };
    const e = lireEntetes(essais, ['Quand', 'Titre *', 'Arrondissement', 'Thème', 'Météo', 'Commentaire', 'Disparu'], a);
    expect([e.cles, e.constantes, e.refus, e.retenu]).toEqual([
      ['jour', 'titre', 'territoire_id', 'donnees.theme', null, null, null],
      { organisation_id: 'PM' },
      null,
      true,
    ]);
    expect(lireEntetes(essais, ['Date', 'Titre', 'Arrondissement', 'Thème', 'Organisme'], a).retenu).toBe(false);
  });
  test('une colonne obligatoire absente fait refuser le fichier en la nommant', () =>
    expect(lireEntetes(essais, ['Date', 'Titre']).refus).toContain('« Territoire »'));
  test.each([
    ['a;b;c', ';'],
    ['a\tb', '\t'],
    ['"a;b",c,d', ','],
  ])('le séparateur de %j est reconnu', (texte, s) => expect(separateurDe(texte)).toBe(s));
  test.each(['=1+1', '+33', '-2', '@x', '\tx', "'=x", "''-"])('la cellule %j est neutralisée', (t) => expect(protegerCellule(t)).toBe(`'${t}`));
});

describe('Une définition', () => {
  test('bien faite n’a pas d’erreur', () => expect(verifierDefinition(essais)).toEqual([]));
  test('dont un champ prend un nom réservé est refusée', () => {
    const faute = {
      ...essais,
      champs: [
        { code: 'jour', libelle: 'Jour', type: 'booleen' as const },
        { code: 'Mal Nommé', libelle: 'x', type: 'booleen' as const },
      ],
    };
    expect(verifierDefinition(faute)).toHaveLength(2);
  });
  test('accepte les valeurs ajoutées à ses listes, jusque dans ses lignes', () => {
    const plus = etendre(essais, [
      { registre: essais.code, champ: 'theme', code: 'gares', libelle: 'Gares' },
      { registre: essais.code, champ: 'suites.etat', code: 'abandonnee', libelle: 'Abandonnée' },
    ]);
    const lu = lireBrut(plus, petiteVille, buildCreation(plus, petiteVille), { ...minimum, 'donnees.theme': 'gares', 'donnees.suites': 'x | Abandonnée' });
    expect(lu.erreurs).toEqual([]);
  });
});

describe('Les droits', () => {
  const { contient } = petiteVille;
  const ici = { organisationId: 'ASSO', territoireId: 'q-gare', registre: 'formations', fiche: ['1.1'] };
  const formations = { code: 'formations' };
  const audits = { code: 'audits' };
  test('une association écrit pour elle-même seulement', () => {
    expect(peutEcrire(qui('ASSO', mandat('association')), ici, contient)).toBe(true);
    expect(peutEcrire(qui('POLICE', mandat('association')), ici, contient)).toBe(false);
    const unSeul = qui('ASSO', { ...mandat('association'), registre: 'formations' });
    expect([peutEcrire(unSeul, ici, contient), peutEcrire(unSeul, { ...ici, registre: 'audits' }, contient)]).toEqual([true, false]);
  });
  test('un coordonnateur écrit dans sa mairie seulement', () => {
    expect(peutEcrire(qui('POLICE', mandat('coordonnateur', 'mairie-a')), ici, contient)).toBe(true);
    expect(peutEcrire(qui('POLICE', mandat('coordonnateur', 'mairie-b')), ici, contient)).toBe(false);
  });
  test('un mandat limité à une fiche n’écrit que ce qui lui est rattaché, serait-ce à d’autres aussi', () => {
    const surFiche = qui('ASSO', { ...mandat('association'), fiche: '1.1' });
    const ecrit = (fiche: string[]) => peutEcrire(surFiche, { ...ici, fiche }, contient);
    expect([ecrit(['1.1']), ecrit(['2.1', '1.1']), ecrit(['2.1']), ecrit([])]).toEqual([true, true, false, false]);
    expect(peutLire(surFiche, audits)).toBe(true);
  });
  test('un mandat limité à un registre ne lit ni ne complète aucun autre', () => {
    const unSeul = qui('POLICE', { ...mandat('coordination'), registre: 'formations' });
    expect([peutLire(unSeul, formations), peutCreer(unSeul, formations), peutEtendre(unSeul, formations)]).toEqual([true, true, true]);
    expect([peutLire(unSeul, audits), peutCreer(unSeul, audits), peutEtendre(unSeul, audits)]).toEqual([false, false, false]);
  });
  test('un import d’un autre n’est que pour la coordination du registre entier', () => {
    const lot = { creePar: 'autre' };
    expect(peutGererLot(qui('POLICE', mandat('coordination')), lot, formations)).toBe(true);
    expect(peutGererLot(qui('POLICE', mandat('coordination', 'mairie-a')), lot, formations)).toBe(false);
    expect(peutGererLot(qui('POLICE', mandat('coordonnateur')), lot, formations)).toBe(false);
  });
  test('l’administrateur technique complète les listes et ne lit aucun enregistrement', () => {
    const admin = qui('POLICE', mandat('administrateur'));
    expect([peutEtendre(admin, audits), peutLire(admin, audits), peutCreer(admin, audits)]).toEqual([true, false, false]);
  });
  test('un élu lit et n’écrit pas', () => {
    const elu = qui('POLICE', mandat('elu'));
    expect([peutLire(elu, audits), peutCreer(elu, audits)]).toEqual([true, false]);
  });
});

test('un nouvel enregistrement nomme ce qu’il reprend du dernier, et rien de plus', () => {
  const stable = essais.champs.map((c, rang) => ({ ...c, stable: rang === 0 })) as typeof essais.champs;
  const d = { ...essais, champs: stable };
  const [premierChamp] = stable;
  const brut = { territoire_id: 'mairie-1', [`donnees.${premierChamp?.code}`]: 'x' };
  const derniere = {} as NonNullable<Parameters<typeof reprisDe>[3]>;
  expect(reprisDe(d, qui('PM', mandat('agent')), brut, derniere)).toEqual(['Territoire', premierChamp?.libelle]);
  expect(reprisDe(d, qui('PM', mandat('agent', 'mairie-1')), { ...brut, [`donnees.${premierChamp?.code}`]: '' }, derniere)).toEqual([]);
  expect(reprisDe(d, qui('PM', mandat('agent')), brut, null)).toEqual([]);
});
