// @vitest-environment happy-dom
/** What a device keeps of a room and of a desk: seen by whoever is there, sent when it may be, never erased by itself. The islands are the real ones. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

const passer = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const dit = (s: string) => (document.querySelector(s)?.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
const presser = (libelle: string | RegExp): void => {
  const b = [...document.querySelectorAll('button')].find((x) => (typeof libelle === 'string' ? x.textContent === libelle : libelle.test(x.textContent ?? '')));
  if (!b) throw new Error(`Aucun bouton « ${libelle} » : ${document.body.textContent}`);
  b.click();
};
const json = (donnees: object, status = 200) => new Response(JSON.stringify(donnees), { status, headers: { 'content-type': 'application/json' } });
type Corps = Record<string, string>;
let reseau = true;
let envois: { chemin: string; corps: Corps }[] = [];
let repondre: (chemin: string, corps: Corps) => Response = () => json({});

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  localStorage.clear();
  [reseau, envois] = [true, []];
  vi.stubGlobal('fetch', async (chemin: string, init: RequestInit = {}) => {
    if (!reseau) throw new TypeError('network');
    const corps = Object.fromEntries((init.body as URLSearchParams | undefined) ?? []);
    if (init.method === 'POST') envois.push({ chemin, corps });
    return repondre(chemin, corps);
  });
  vi.stubGlobal(
    'EventSource',
    class {
      close(): void {}
      addEventListener(): void {}
    },
  );
});
afterEach(async () => {
  reseau = false;
  await passer(0);
  vi.clearAllTimers();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
async function ouvrir(page: string, ilot: string): Promise<void> {
  // Clearing timers also puts the clock back where it began.
  const maintenant = Date.now();
  vi.clearAllTimers();
  vi.setSystemTime(maintenant);
  vi.resetModules();
  // The key of who is signed in, which their page carries.
  document.head.innerHTML = `<meta name="concorde-depot" content="${(/data-compte="(.)"/.exec(page)?.[1] ?? 'k').repeat(43)}">`;
  document.body.innerHTML = page;
  await import(ilot);
  await passer(0);
}

describe('Un guichet', () => {
  const COMPTER = '/crises/s/centres/c/compter';
  const page = (o: { ouvert?: string; guichet?: string; boutons?: boolean } = {}) => `
    <div data-guichet="${o.guichet ?? 'A'}" data-ouvert="${o.ouvert ?? 'oui'}" data-action="${COMPTER}">
      <p data-etat-guichet></p><div data-refus hidden></div>
      ${o.boutons === false ? '' : `<form method="post" data-libelle="Sinistré"><input name="quoi" value="arrivee"><input name="code" value="sinistre"><button>+</button></form>`}
      <strong data-nombre="arrivee:sinistre">0</strong><ul data-annuler></ul>
    </div>`;
  const lignes = () => envois.flatMap((e) => JSON.parse(e.corps.lignes ?? '[]') as { id: string; annule?: string }[]);
  const tout =
    (ferme = false) =>
    (_: string, corps: Corps) =>
      json({ recues: (JSON.parse(corps.lignes ?? '[]') as { id: string }[]).map((l) => l.id), refusees: [], arrivees: {}, besoins: {}, departs: 0, ferme });
  const ouvrirGuichet = (o: Parameters<typeof page>[0] = {}) => ouvrir(page(o), './guichet.ts');

  test('ce qu’un appareil garde est à l’appareil : la relève, un autre guichet, un centre fermé l’envoient ; « Tout est envoyé. » attend que ce soit vrai', async () => {
    reseau = false;
    await ouvrirGuichet();
    for (let i = 0; i < 140; i++) presser('+');
    await passer(1000);
    expect(dit('[data-etat-guichet]')).toContain('140 touches attendent.');
    // The shift changes, « B » is typed for « A », and the centre closed meanwhile.
    await ouvrirGuichet({ guichet: 'B', ouvert: 'non', boutons: false });
    await passer(1000);
    expect(dit('[data-etat-guichet]')).toContain('140 touches attendent.');
    [reseau, repondre] = [true, tout(true)];
    await passer(31_000);
    expect([lignes().length, new Set(envois.map((e) => e.corps.guichet)), dit('[data-etat-guichet]')]).toEqual([140, new Set(['A']), 'Tout est envoyé.']);
    expect(Object.keys(localStorage).filter((k) => k.includes(':ligne:'))).toEqual([]);
  });

  test('ce que le serveur refuse reste, et le mot avec, jusqu’à ce que quelqu’un décide', async () => {
    repondre = (_, corps) =>
      json({
        ...{ recues: [], arrivees: {}, besoins: {}, departs: 0, ferme: false },
        refusees: (JSON.parse(corps.lignes ?? '[]') as { id: string }[]).map(({ id }) => ({ id, motif: 'Ce bouton n’existe plus.' })),
      });
    await ouvrirGuichet();
    for (let i = 0; i < 3; i++) presser('+');
    await passer(1000);
    repondre = tout();
    presser('+');
    await passer(1000);
    expect(dit('[data-etat-guichet]')).toBe('3 touches refusées sont à voir ci-dessous.');
    await ouvrirGuichet();
    expect(dit('[data-refus]')).toContain('3 × Sinistré, guichet A : Ce bouton n’existe plus.');
    presser('Renvoyer');
    await passer(1000);
    expect([dit('[data-etat-guichet]'), lignes().length]).toEqual(['Tout est envoyé.', 7]);
    // A whole sending that is refused is kept, said and tried again.
    repondre = () => json({ detail: 'Vous lisez cette salle sans y écrire.' }, 403);
    presser('+');
    await passer(1000);
    expect(dit('[data-etat-guichet]')).toBe('Vous lisez cette salle sans y écrire. Tout est gardé sur cet appareil. 1 touche attend.');
    repondre = tout();
    await passer(21_000);
    expect(dit('[data-etat-guichet]')).toBe('Tout est envoyé.');
  });

  test('une horloge qui recule ne fait pas partir l’annulation avant ce qu’elle annule', async () => {
    reseau = false;
    await ouvrirGuichet();
    for (let i = 0; i < 151; i++) presser('+');
    vi.setSystemTime(Date.now() - 3_600_000);
    presser(/^Annuler : Sinistré/);
    [reseau, repondre] = [true, tout()];
    await passer(31_000);
    expect([lignes().length, lignes().findIndex((l) => l.annule)]).toEqual([152, 151]);
  });
});

describe('Une salle', () => {
  const page = (compte: string) => `
    <div data-crise="s" data-compte="${compte}" data-derniere="0" data-ecrit="oui">
      <p id="s-etat"></p><p id="s-la"></p><div id="s-messages"></div><div data-touches hidden></div>
      <form id="f-entree"><textarea name="texte"></textarea><button>Enregistrer</button></form><ol id="s-attente" hidden></ol><div id="b-entrees"></div>
    </div>`;
  const ouvrirSalle = (compte = 'x') => ouvrir(page(compte), './main-courante.ts');
  const ecrire = (texte: string) => {
    const zone = document.querySelector('textarea') as HTMLTextAreaElement;
    zone.value = texte;
    zone.dispatchEvent(new Event('input', { bubbles: true }));
    document.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true, bubbles: true }));
  };
  interface Entree {
    cle: string;
    texte: string;
  }
  const entreesDe = (corps: Corps) => JSON.parse(corps.entrees ?? '[]') as Entree[];
  const prises: string[] = [];
  const prendre = (corps: Corps) => {
    prises.push(...entreesDe(corps).map((e) => e.texte));
    return json({ faites: entreesDe(corps).map(({ cle }, i) => ({ cle, numero: i + 1 })), autres: [], ecart: 0 });
  };
  const ETAT = { etat: 'ouverte', derniere: 0, recharger: false, entrees: '', blocs: [], presents: [] };
  beforeEach(() => void prises.splice(0));

  test('les entrées d’un autre compte sont dites et non montrées, et rien n’est dit « tout enregistré » ; lui revenu, elles partent', async () => {
    reseau = false;
    await ouvrirSalle();
    ecrire('Pont fermé');
    await passer(1000);
    expect(dit('#s-etat')).toContain('1 entrée gardée sur ce poste');
    repondre = (_, corps) => (corps.entrees ? prendre(corps) : json(ETAT));
    reseau = true;
    await ouvrirSalle('y');
    await passer(2000);
    expect([dit('#s-messages'), dit('#s-etat'), prises]).toEqual([
      'Une entrée d’un autre compte est gardée sur cet appareil, pas encore envoyée. Qui écrivait se reconnecte ici pour l’envoyer.',
      'En ligne, tout ce que vous avez écrit est enregistré',
      [],
    ]);
    expect(document.body.textContent).not.toContain('Pont fermé');
    await ouvrirSalle('x');
    await passer(2000);
    expect([prises, dit('#s-messages'), dit('#s-etat')]).toEqual([['Pont fermé'], '', 'En ligne, tout est enregistré']);
  });

  test('un envoi trop long part par moitiés ; un droit perdu se réessaie ; une entrée illisible, seule, est à reprendre', async () => {
    reseau = false;
    await ouvrirSalle();
    for (let i = 0; i < 40; i++) ecrire(`Entrée ${i}`);
    let droit = false;
    repondre = (_, corps) => {
      if (!corps.entrees) return json(ETAT);
      if (!droit) return json({ detail: 'Votre organisation n’est plus nommée.' }, 403);
      const lot = entreesDe(corps);
      if (lot.length > 12) return json({ detail: 'Trop long.' }, 413);
      return lot.some((e) => e.texte === 'Entrée 17') ? json({ detail: 'Illisible.' }, 422) : prendre(corps);
    };
    reseau = true;
    await passer(31_000);
    expect([prises, dit('#s-etat')]).toEqual([
      [],
      'Votre organisation n’est plus nommée. Réessayé dans un instant : 40 entrées gardées sur ce poste'.replaceAll('  ', ' '),
    ]);
    expect(document.querySelectorAll('.c-attente--decider')).toHaveLength(0);
    droit = true;
    await passer(21_000);
    expect(prises).toEqual(Array.from({ length: 40 }, (_, i) => `Entrée ${i}`).filter((t) => t !== 'Entrée 17'));
    expect([dit('#s-attente'), dit('#s-etat')]).toEqual([expect.stringContaining('Entrée 17'), 'Une entrée attend votre décision']);
  });

  test('ce qui est tapé sans être enregistré est retrouvé ; ce qui traîne depuis deux mois est dit, et ne s’efface que sur demande', async () => {
    repondre = (_, corps) => (corps.entrees ? prendre(corps) : json(ETAT));
    await ouvrirSalle();
    const zone = document.querySelector('textarea') as HTMLTextAreaElement;
    zone.value = 'À moitié';
    zone.dispatchEvent(new Event('input', { bubbles: true }));
    await ouvrirSalle();
    expect(document.querySelector('textarea')?.value).toBe('À moitié');
    vi.setSystemTime(Date.now() + 61 * 86_400_000);
    await ouvrirSalle('y');
    expect([Object.keys(localStorage).length, dit('#s-messages')]).toEqual([1, expect.stringContaining('depuis plus de deux mois une saisie jamais envoyée')]);
    presser('Les effacer de cet appareil');
    expect([localStorage.length, dit('#s-messages')]).toEqual([0, '']);
  });
});
