import { describe, expect, test } from 'vitest';
import { publicFiles } from './public-files.ts';
import { deviner } from './devine.rules.ts';
import type { Contexte } from './core/http/http.ts';
import { chapoDe, precise } from './titre.rules.ts';

const CONNU = {
  territoires: new Map([
    ['paris', { nom: 'Paris' }],
    ['mairie-18', { nom: 'Mairie du 18e' }],
    ['q-72', { nom: 'Clignancourt' }],
  ]),
  fiches: new Map([['1.6', { titre: 'Bandes et rixes' }]]),
  mesures: new Map([['1.6-10b', { court: 'Agents formés' }]]),
  acteurs: new Map([['DPMP', { nom: 'Police municipale' }]]),
  axes: [{ numero: 1, titre: 'Prévenir' }],
  nomActeur: (id: string) => (id === 'DPMP' ? 'Police municipale' : id),
};
const titre = (t: string, requete: string) => precise(t, new URL(`http://x.invalid/p?${requete}`), CONNU).replace(/\u00a0/g, ' ');

describe('Le titre d’une page', () => {
  test('dit l’année, le lieu, les filtres et la page, chacun une fois', () => {
    expect(titre('Dispositifs', 'fiche=1.6&page=2')).toBe('Dispositifs, fiche 1.6, page 2');
    expect(titre('Baromètre 2025', 'annee=2025&territoire=mairie-18')).toBe('Baromètre 2025, Mairie du 18e');
    expect(titre('Relevés', 'page=1&annee=')).toBe('Relevés');
    expect(titre('Acteur', 'acteur=DPMP&type=cellule_locale')).toBe('Acteur, Police municipale, type cellule locale');
  });
  test('ne répète ni un secret, ni ce que n’importe qui écrirait dans l’adresse', () => {
    expect(titre('Connexion', 'jeton=abcdef&code=123456&retour=/x')).toBe('Connexion');
    expect(titre('Baromètre', 'territoire=Appelez le 08&type=<b>x</b>&utm_source=x')).toBe('Baromètre');
  });
  test('la description est ce qui est sous le titre, en texte, coupé à un mot', () => {
    expect(chapoDe('<h1>x</h1><div class="c-chapo">L&#x27;été <b>2026</b> &amp; après</div>')).toBe('L’été 2026 & après');
    expect(chapoDe('<p>rien</p>')).toBeNull();
    expect(chapoDe(`<div class="c-chapo">${'mot '.repeat(200)}</div>`)?.length).toBeLessThan(285);
  });
});

describe('Une adresse perdue', () => {
  const vers = (chemin: string) => deviner(chemin, CONNU, [{ libelle: 'Baromètre', href: '/barometre' }]).map((p) => p.href);
  test.each([
    ['/fiche/1.6', '/fiches/1.6'],
    ['/fiches_1_6.html', '/fiches/1.6'],
    ['/figure/1.6-10b', '/chiffres/1.6-10b'],
    ['/mairie/18e', '/territoires/mairie-18'],
    ['/quartiers/clignancourt', '/territoires/q-72'],
    ['/baromètres', '/barometre'],
    ['/barometr', '/barometre'],
    ['/axe-1', '/axes/1'],
    ['/service/dpmp', '/acteurs/DPMP'],
  ])('%s mène à %s', (perdue, attendue) => expect(vers(perdue)).toContain(attendue));
  test('rien de proche : rien n’est deviné, et aucun signe ne l’arrête', () => {
    expect(vers('/zzz/qwertz')).toEqual([]);
    expect(vers('/11.6/1.65')).toEqual([]);
    expect(vers('/%28%5B*+?/((')).toEqual([]);
  });
});

describe('Ce que lisent les machines', () => {
  const lire = (chemin: string, o: { demonstration?: boolean; contact?: string }) => {
    const route = publicFiles([], { adresse: 'https://c.exemple', demonstration: o.demonstration ?? false, contactSecurite: o.contact ?? null }).find(
      (r) => r.chemin === chemin,
    );
    return route?.executer({ maintenant: new Date('2026-11-29T10:00:00Z') } as Contexte) as { contenu: string } | undefined;
  };
  test('le contact de sécurité vient du réglage, avec un terme ; sans réglage il n’y a pas de fichier', () => {
    expect(lire('/.well-known/security.txt', {})).toBeUndefined();
    const dit = lire('/.well-known/security.txt', { contact: 'mailto:securite@c.exemple' })?.contenu;
    expect(dit).toContain('Contact: mailto:securite@c.exemple\nExpires: 2027-05-28T10:00:00Z\n');
    expect(dit).toContain('Canonical: https://c.exemple/.well-known/security.txt');
  });
  test('une démonstration ne s’offre pas aux moteurs de recherche', () => {
    expect(lire('/robots.txt', { demonstration: true })?.contenu).toBe('User-agent: *\nDisallow: /\n');
    expect(lire('/robots.txt', {})?.contenu).toContain('Sitemap: https://c.exemple/sitemap.xml');
  });
});
