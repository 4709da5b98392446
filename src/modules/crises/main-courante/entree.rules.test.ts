import { describe, expect, test } from 'vitest';
import { aLHeureDeParis } from '../../../../tests/support/fuseau.ts';
import { suivreChaine, verifierExport } from './chaine.rules.ts';
import { createHash } from 'node:crypto';
import { CONTENU_MAX, dernierInstant, lireHeure, lireLigne, prochainInstant } from './entree.rules.ts';
import { lireGardee, saisieSchema } from './entree.schema.ts';
import { dejaEcrit, phrase, relire, su } from './phrase.rules.ts';
import { marqueDe } from '../../../ui/Confirmer.tsx';
import { demanderPourLesNoms, direEcart, preparer, trouverNoms } from './preparer.rules.ts';

const LISTES = {
  classes: ['information', 'decision', 'demande', 'action'].map((code) => ({ code, libelle: code === 'decision' ? 'Décision' : code })),
  canaux: ['salle', 'telephone', 'radio'].map((code) => ({ code, libelle: code })),
};
const saisie = (texte: string, plus: object = {}) => saisieSchema.parse({ texte, ...plus });
const dite = (contenu: string, plus: object = {}, derniere = 20, quand = '2026-05-12T12:00:00Z') =>
  preparer(saisie(contenu, plus), LISTES, {
    reference: new Date(quand),
    derniere,
    ouverteLe: new Date('2026-05-12T06:00:00Z'),
    sigles: new Set(['SCOP', 'PP', 'VPU']),
  });

describe('Une ligne', () => {
  test('dit devant le texte ce que disent les champs, et garde ce qu’elle ne comprend pas', () => {
    expect(lireLigne('14h05 /déc +rad de:SCOP à:DSOL par:Chef_de_salle pour:18h corrige:12 Gymnase évacué', LISTES)).toEqual({
      heure: '14:05',
      classe: 'decision',
      canal: 'radio',
      source: 'SCOP',
      vers: 'DSOL',
      decideur: 'Chef de salle',
      pour: '18:00',
      renvoiGenre: 'correction',
      renvoi: 12,
      contenu: 'Gymnase évacué',
    });
    // « dem » and « dec » begin differently; « de » begins both, and « /rien » is no class.
    for (const t of ['/de Porte fermée', '/rien du tout', '+33 6 12 le rappeler', '14h départ du car', 'de: la mairie', 'fait:0 Tout', '/dec'])
      expect(lireLigne(t, LISTES), t).toEqual({ contenu: t });
    expect(lireLigne('de:SCOP de:PP appelle', LISTES)).toEqual({ source: 'SCOP', contenu: 'de:PP appelle' });
    expect(lireLigne('fait:3 Salle chauffée', LISTES)).toEqual({ renvoiGenre: 'fait', renvoi: 3, contenu: 'Salle chauffée' });
    expect(['9h', '09:05', '24h', '9h60', 'neuf'].map(lireHeure)).toEqual(['09:00', '09:05', null, null, null]);
  });

  test(
    'comprend une heure comme la dernière passée, le changement d’heure compris',
    aLHeureDeParis(() => {
      const iso = (t: Date | null) => t?.toISOString() ?? null;
      const midi = new Date('2026-05-12T10:00:00Z');
      expect(iso(dernierInstant('11:50', midi))).toBe('2026-05-12T09:50:00.000Z');
      expect(iso(dernierInstant('12:05', midi))).toBe('2026-05-12T10:05:00.000Z');
      expect(iso(dernierInstant('23:50', midi))).toBe('2026-05-11T21:50:00.000Z');
      expect(iso(prochainInstant('11:50', midi))).toBe('2026-05-13T09:50:00.000Z');
      // In the night of 25 October 2026 the wall shows 2:30 twice.
      expect(iso(dernierInstant('02:30', new Date('2026-10-25T00:45:00Z')))).toBe('2026-10-25T00:30:00.000Z');
      expect(iso(dernierInstant('02:30', new Date('2026-10-25T01:45:00Z')))).toBe('2026-10-25T01:30:00.000Z');
      expect(iso(prochainInstant('02:30', new Date('2026-10-25T00:45:00Z')))).toBe('2026-10-25T01:30:00.000Z');
      // In that of 29 March 2026 it never shows 2:30: the night before did.
      expect(iso(dernierInstant('02:30', new Date('2026-03-29T01:45:00Z')))).toBe('2026-03-28T01:30:00.000Z');
      expect(dite('Fuite', { heure: '25h' })).toMatchObject({ ok: false, erreurs: [{ champ: 'heure' }] });
    }),
  );

  test(
    'les champs l’emportent sur la ligne ; un renvoi à rien, une classe inconnue, un mot trop long sont dits',
    aLHeureDeParis(() => {
      expect(dite('/dec Texte', { classe: 'action', fait: '4' })).toMatchObject({
        ok: true,
        valeur: { dite: { classe: 'action', canal: 'salle', renvoiGenre: 'fait', renvoi: 4 }, etonnements: [] },
      });
      expect(dite('Texte', { corrige: '21' })).toMatchObject({ ok: false, erreurs: [{ champ: 'corrige', message: expect.stringContaining('n° 20') }] });
      expect(dite('Texte', { corrige: '2', fait: '3' })).toMatchObject({ ok: false, erreurs: [{ champ: 'fait' }] });
      expect(dite('Texte', { classe: 'autre' })).toMatchObject({ ok: false, erreurs: [{ champ: 'classe' }] });
      expect(dite(`de:${'x'.repeat(130)} Texte`)).toMatchObject({ ok: false, erreurs: [{ champ: 'source' }] });
    }),
  );

  test(
    'une heure qui ne peut être que demain, ou bien avant la salle, se demande : rien ne la rabat en silence',
    aLHeureDeParis(() => {
      const surprises = (texte: string, quand: string) => {
        const lu = dite(texte, {}, 20, quand);
        return lu.ok ? lu.valeur.etonnements.map((e) => [e.champ, e.message]) : lu.erreurs;
      };
      // 22:00 in Paris: « 22h30 » is tonight or yesterday, and yesterday is what would be written.
      expect(surprises('22h30 arrivée prévue du préfet', '2026-05-12T20:00:00Z')).toMatchObject([
        ['heure', expect.stringMatching(/^22.h.30 n’est pas encore passée aujourd’hui : ce serait le 11.mai 2026 à 22.h.30/)],
      ]);
      expect(surprises('21h40 préfet arrivé', '2026-05-12T20:00:00Z')).toEqual([]);
      // A watch that is fast; the evening before, just after midnight.
      expect(surprises('22h05 préfet arrivé', '2026-05-12T20:00:00Z')).toEqual([]);
      expect(surprises('23h50 préfet parti', '2026-05-12T22:10:00Z')).toEqual([]);
      // The room opened at 8: what happened ten minutes before is told without a word, at 5 it is asked.
      expect(surprises('07h50 premier appel', '2026-05-12T08:00:00Z')).toEqual([]);
      expect(surprises('05h00 premier appel', '2026-05-12T08:00:00Z')).toMatchObject([['heure', expect.stringContaining('n’était pas ouverte')]]);
      expect(surprises('22h30 Mme Martin attend', '2026-05-12T20:00:00Z').map((e) => (Array.isArray(e) ? e[0] : e))).toEqual(['heure', 'texte']);
    }),
  );

  test('ce qui est tapé n’entre dans une phrase que relu, et une phrase dit ce qu’elle garde', () => {
    const sigles = new Set(['VPU']);
    const o = { sigles, confirme: undefined };
    const demande = relire({ lieu: 'chez Mme Martin, 06 12 34 56 78', motif: 'Un VPU' }, o);
    expect(demande).toMatchObject({ ok: false, etonnements: [{ champ: 'lieu', etonne: true, message: expect.stringContaining('Mme Martin') }] });
    if (demande.ok) throw new Error('rien n’a été demandé');
    const relu = relire({ lieu: 'chez Mme Martin, 06 12 34 56 78' }, { sigles, confirme: marqueDe(demande.etonnements) });
    expect(relu.ok).toBe(true);
    if (!relu.ok) return;
    const dit = phrase`Moyen n° ${2} : ${su('VPU')}, ${relu.relus.lieu}${phrase`, vite`}.`;
    expect([dit.texte, dit.confirme]).toEqual(['Moyen n° 2 : VPU, chez Mme Martin, 06 12 34 56 78, vite.', ['nom', 'telephone']]);
    // Written again from what was kept, it says again what it may hold.
    expect(phrase`${dejaEcrit('chez Mme Martin', sigles)}`.confirme).toEqual(['nom']);
    // Places of every day ask nothing.
    for (const lieu of ['Quai des Essais', 'Gymnase Jean Jaurès, 12 rue Pierre Leroux', 'Salle des Essais', 'Deux classes fermées', 'quai de la Loire'])
      expect([lieu, relire({ lieu }, o).ok]).toEqual([lieu, true]);
    // @ts-expect-error A bare string does not enter.
    phrase`Moyen demandé : ${'chez Mme Martin'}.`;
  });

  test('cinquante mille caractères ne sont pas coupés : c’est dit, avec le compte', () => {
    const lue = saisieSchema.safeParse({ texte: 'a'.repeat(50_000) });
    expect(lue.error?.issues[0]?.message).toMatch(/8.000 caractères ; la vôtre en compte 50.000/);
    expect(saisieSchema.safeParse({ texte: 'a'.repeat(CONTENU_MAX) }).success).toBe(true);
    expect(lireGardee({ cle: '00000000-0000-4000-8000-000000000001', texte: '' })).toMatchObject({ ok: false, cle: '00000000-0000-4000-8000-000000000001' });
  });

  test('ce qui peut nommer quelqu’un se demande ; un mot de santé n’arrête pas la main courante', () => {
    const noms = trouverNoms('Mme Martin, 06 12 34 56 78, sous traitement');
    expect(noms.map((n) => n.genre)).toEqual(['nom', 'telephone']);
    expect(demanderPourLesNoms(noms)[0]?.message).toContain('Mme Martin');
    expect(demanderPourLesNoms(trouverNoms('12 personnes, dont 3 sous traitement', 'SCOP'))).toEqual([]);
    expect([direEcart(20_000), direEcart(12 * 60_000), direEcart(-65 * 60_000)]).toEqual([
      '',
      'horloge du poste en avance de 12\u00a0min',
      'horloge du poste en retard de 1\u00a0h\u00a005',
    ]);
  });
});

describe('Une chaîne', () => {
  const CRISE = { id: '00000000-0000-4000-8000-00000000000c', exercice: true, ouverteLe: '2026-05-12T10:00:00.000Z' };
  const sha = (...p: (Buffer | string)[]) => p.reduce((h, x) => h.update(x), createHash('sha256')).digest('hex');
  function chaine(n: number, exercice = true) {
    let precedente = sha(`["${CRISE.id}", ${exercice}, "${CRISE.ouverteLe}"]`);
    return Array.from({ length: n }, (_, i) => {
      const ligne = JSON.stringify([CRISE.id, i + 1, ...Array.from({ length: 20 }, () => ''), false, false, exercice]);
      const m = { numero: i + 1, ligne, precedente, empreinte: sha(Buffer.from(precedente, 'hex'), ligne) };
      precedente = m.empreinte;
      return m;
    });
  }
  const fichier = (entrees: ReturnType<typeof chaine>, exercice = true) => ({
    format: 'concorde-main-courante-1',
    crise: { id: CRISE.id, titre: 'Essai', type: 'cyber', exercice, ouverte_le: CRISE.ouverteLe, close_le: null },
    tete: { numero: 5, empreinte: chaine(5).at(-1)?.empreinte ?? '' },
    entrees,
  });

  test('entière, elle concorde ; changée, trouée, écourtée, rebattue ou d’une autre nature, elle le dit', () => {
    expect(verifierExport(fichier(chaine(5)))).toMatchObject({ entrees: 5, fautes: [] });
    const [a, b, c, d, e] = chaine(5) as [never, never, never, never, never];
    const x = c as { ligne: string };
    expect(verifierExport(fichier([a, b, { ...x, ligne: x.ligne.replace('""', '"!"') } as never, d, e])).fautes).toEqual([
      'n° 3 : ce qui est écrit n’est pas ce qui a été scellé',
    ]);
    expect(verifierExport(fichier([a, b, d, e])).fautes[0]).toBe('après le n° 2 vient le n° 4');
    expect(verifierExport(fichier([a, b, c, d])).fautes[0]).toContain('n° 5, il n’y en a que 4');
    expect(verifierExport(fichier([a, c, b, d, e])).fautes.length).toBeGreaterThan(0);
    expect(verifierExport(fichier([b, c, d, e])).fautes[0]).toBe('après le n° 0 vient le n° 2');
    expect(verifierExport(fichier(chaine(5), false)).fautes.slice(0, 2)).toEqual([
      'n° 1 : ne commence pas cette salle',
      'n° 1 : d’un exercice, dans une crise',
    ]);
    expect(verifierExport({ format: 'autre' }).fautes[0]).toContain('pas une main courante');
    expect(suivreChaine(CRISE).finir(null)).toEqual({ entrees: 0, tete: '', fautes: [] });
  });
});
