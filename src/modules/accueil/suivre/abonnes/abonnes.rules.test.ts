import { expect, test } from 'vitest';
import { dansLeFuseau } from '../../../../core/fuseau.ts';
import type { Nouvelle } from '../../../../core/suites.ts';
import { borneDe, ecrireLettre, entre, PAR_PARTIE, type Partie, prochain } from './abonnes.rules.ts';

const nouvelle = (id: string, le: string): Nouvelle => ({ id, le: new Date(le), titre: `Titre ${id}`, resume: `Résumé ${id}.`, chemin: `/n/${id}` });
const partie = (nom: string, nouvelles: readonly Nouvelle[], davantage = false): Partie => ({ nom, atom: '/nouvelles.xml', nouvelles, davantage });
const ecrire = (...parties: Partie[]) =>
  dansLeFuseau('Europe/Paris', () => ecrireLettre({ parties, contrat: 'Le contrat', jour: 1, adresse: 'https://x.fr', tenir: '/tenir' }));

test('la lettre suivante part au prochain jour choisi, jamais le jour même', () => {
  // Monday 1 March 2027.
  expect([1, 2, 7].map((j) => prochain('2027-03-01', j))).toEqual(['2027-03-08', '2027-03-02', '2027-03-07']);
  expect(prochain('2027-03-07', 1)).toBe('2027-03-08');
});

test('une lettre dit des jours entiers, à l’heure du contrat, même le jour où l’heure change', () => {
  const borne = (jour: string) => dansLeFuseau('Europe/Paris', () => borneDe(jour)).toISOString();
  expect([borne('2027-03-01'), borne('2027-03-28'), borne('2027-03-29')]).toEqual([
    '2027-02-28T23:00:00.000Z',
    '2027-03-27T23:00:00.000Z',
    '2027-03-28T22:00:00.000Z',
  ]);
  const dites = entre(
    [
      nouvelle('avant', '2027-02-20T10:00:00Z'),
      nouvelle('une', '2027-02-22T10:00:00Z'),
      nouvelle('deux', '2027-02-28T22:59:59Z'),
      nouvelle('jour-meme', '2027-02-28T23:00:00Z'),
    ],
    new Date('2027-02-22T10:00:00Z'),
    new Date('2027-02-28T23:00:00Z'),
  );
  expect(dites.map((n) => n.id)).toEqual(['deux', 'une']);
});

test('rien de nouveau, pas de lettre ; ce que deux sujets ont en commun est dit une fois', () => {
  expect(ecrire()).toBeNull();
  expect(ecrire(partie('fiche 1.6', []))).toBeNull();
  const [a, b] = [nouvelle('a', '2027-02-22T10:00:00Z'), nouvelle('b', '2027-02-23T10:00:00Z')];
  const lettre = ecrire(partie('fiche 1.6', [a]), partie('tout le contrat', [b, a]));
  expect(lettre?.sujet).toMatch(/^2.nouveautés : Le contrat$/);
  expect(lettre?.texte.split('Titre a').length).toBe(2);
  expect(lettre?.texte).toMatch(/- Titre b \(23\sfévrier 2027\)\n {2}Résumé b\.\n {2}https:\/\/x\.fr\/n\/b/);
  expect(lettre?.texte).toContain('https://x.fr/tenir');
  // A part whose news were all told is not named.
  expect(ecrire(partie('fiche 1.6', [a]), partie('tout le contrat', [a]))?.texte).not.toContain('TOUT LE CONTRAT');
});

test('une longue semaine dit combien il y en a, et où lire le reste', () => {
  const nombreuses = Array.from({ length: PAR_PARTIE + 2 }, (_, i) => nouvelle(`n${i}`, '2027-02-22T10:00:00Z'));
  const lettre = ecrire(partie('fiche 1.6', nombreuses));
  expect(lettre?.sujet).toMatch(/^32.nouveautés : fiche 1\.6$/);
  expect(lettre?.texte.split('- Titre ')).toHaveLength(PAR_PARTIE + 1);
  expect(lettre?.texte).toContain('Il y en a d’autres, dans le flux : https://x.fr/nouvelles.xml');
  expect(ecrire(partie('fiche 1.6', nombreuses.slice(0, 2), true))?.sujet).toMatch(/^Plus de 2/);
});
