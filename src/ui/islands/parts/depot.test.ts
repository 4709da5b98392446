// @vitest-environment happy-dom
import { beforeEach, expect, test } from 'vitest';
import { startDepart } from './depart.ts';
import { ouvrirDepot } from './depot.ts';

const MOTS = 'Mme Martin cherche son fils';
const connecter = (cle: string | null) => {
  document.head.innerHTML = cle === null ? '' : `<meta name="concorde-depot" content="${cle.repeat(43)}">`;
};
const lisible = () => JSON.stringify(Object.entries(localStorage));

beforeEach(() => {
  localStorage.clear();
  connecter('a');
});

test('ce que l’appareil garde n’y est lisible par personne, et la même personne y revient', () => {
  const depot = ouvrirDepot('crise', 'c1', 'moi');
  depot.garder('entree:1', { texte: MOTS });
  depot.garder('ordre', { n: 1 });
  expect([depot.durable, localStorage.length, lisible().includes('Martin')]).toEqual([true, 2, false]);
  expect(ouvrirDepot('crise', 'c1', 'moi').lire<{ texte: string }>('entree:1')?.texte).toBe(MOTS);
  // Whoever comes next has another key: nothing opens, nothing is lost.
  connecter('b');
  expect(ouvrirDepot('crise', 'c1', 'moi').lister('entree:')).toEqual([]);
  connecter('a');
  const revenu = ouvrirDepot('crise', 'c1', 'moi');
  expect(revenu.lister<{ texte: string }>('entree:').map(([nom, v]) => [nom, v.texte])).toEqual([['entree:1', MOTS]]);
  // Put under another name, it opens no more.
  localStorage.setItem('concorde:crise:c1:moi:entree:2', localStorage.getItem('concorde:crise:c1:moi:entree:1') ?? '');
  expect(revenu.lire('entree:2')).toBeNull();
  revenu.oublier('entree:1');
  expect(revenu.lire('entree:1')).toBeNull();
});

test('sans clé rien n’est posé sur l’appareil, et la page le dit ; les nombres d’un guichet se gardent ouverts', () => {
  connecter(null);
  const depot = ouvrirDepot('crise', 'c1', 'moi');
  depot.garder('entree:1', { texte: MOTS });
  expect([depot.durable, localStorage.length, depot.lire<{ texte: string }>('entree:1')?.texte]).toEqual([false, 0, MOTS]);
  const guichet = ouvrirDepot('guichet', 'c:A', 'moi');
  guichet.garder('ligne:1', { quoi: 'arrivee', nombre: 1 });
  expect([guichet.durable, localStorage.length]).toEqual([true, 1]);
});

test('ce qu’une version d’avant gardait lisible est fermé en ouvrant ; ce qui a plus de 60 jours est dit, et ne s’en va que sur demande', () => {
  const vieux = Date.now() - 61 * 86_400_000;
  localStorage.setItem('concorde:crise:c1:moi:entree:1', JSON.stringify({ texte: MOTS, quand: Date.now() }));
  localStorage.setItem('concorde:crise:c1:autre:entree:9', JSON.stringify({ texte: MOTS, quand: vieux }));
  localStorage.setItem('concorde:crise:c1:autre:entree:8', `ferme ${vieux} /crises/c1 abcd`);
  const depot = ouvrirDepot('crise', 'c1', 'moi');
  expect([depot.anciennes().nombre, depot.autres(['entree:']), localStorage.length]).toEqual([2, 2, 3]);
  depot.anciennes().effacer();
  expect([lisible().includes('Martin'), localStorage.length, depot.lire<{ texte: string }>('entree:1')?.texte]).toEqual([false, 1, MOTS]);
});

test('se déconnecter avec des saisies gardées les dit d’abord : aller les envoyer, les effacer, les laisser fermées', () => {
  const envois: string[] = [];
  const depot = ouvrirDepot('crise', 'c1', 'moi');
  ouvrirDepot('crise', 'c1', 'autre').garder('entree:1', { texte: MOTS });
  document.body.innerHTML = '<form action="/deconnexion" method="post" data-depart="moi"><button>Se déconnecter</button></form>';
  const form = document.querySelector('form') as HTMLFormElement;
  form.submit = () => void envois.push('parti');
  startDepart();
  const sortir = () => form.dispatchEvent(new Event('submit', { cancelable: true }));
  depot.garder('ordre', { n: 1 });
  expect([sortir(), document.querySelector('dialog')]).toEqual([true, null]);
  depot.garder('entree:1', { texte: MOTS });
  expect(sortir()).toBe(false);
  const boite = () => document.querySelector('dialog') as HTMLDialogElement;
  const presser = (nom: string) => [...boite().querySelectorAll('button')].find((b) => b.textContent === nom)?.click();
  expect([boite().open, boite().textContent?.includes('Une saisie n’est pas envoyée'), boite().querySelector('a')?.textContent]).toEqual([
    true,
    true,
    'Aller l’envoyer',
  ]);
  expect(boite().textContent).toMatch(/fermé à clé.*60 jours/);
  expect(boite().textContent).not.toContain('guichet');
  presser('Rester connecté');
  expect([document.querySelector('dialog'), envois]).toEqual([null, []]);
  ouvrirDepot('guichet', 'c:A', 'moi').garder('ligne:1', { nombre: 1 });
  sortir();
  expect(boite().textContent).toContain('Les nombres d’un guichet y restent lisibles');
  presser('Les effacer et me déconnecter');
  expect([envois, localStorage.length, Object.keys(localStorage)[0]?.includes(':autre:')]).toEqual([['parti'], 1, true]);
});
