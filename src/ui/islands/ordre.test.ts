// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

let envois: string[] = [];
/** The order as the server has it. */
let serveur: string[] = [];
let panne: boolean;
const ordre = () => [...document.querySelectorAll<HTMLElement>('[data-ordre-point]')].map((p) => p.dataset.ordrePoint ?? '');
const un = <E extends HTMLElement>(s: string): E => document.querySelector(s) as E;
const bouton = (point: string, sens: 'Monter' | 'Descendre') => un<HTMLButtonElement>(`[data-ordre-point=${point}] button[title=${sens}]`);

beforeEach(async () => {
  envois = [];
  serveur = ['a', 'b', 'c'];
  panne = false;
  document.body.innerHTML = `<form id="f" action="/ordre" method="post"><p data-ordre-annonce></p></form><ol data-ordre="f">${['a', 'b', 'c']
    .map(
      (x) =>
        `<li data-ordre-point="${x}"><div class="c-odj__tete"><span class="c-odj__rang"></span></div><div class="c-odj__actes"><button title="Monter"></button><button title="Descendre"></button></div></li>`,
    )
    .join('')}</ol>`;
  vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
    if (panne) throw new TypeError('network');
    const geste = (init.body as URLSearchParams).get('deplacer') ?? '';
    envois.push(geste);
    const [id = '', apres = ''] = geste.split(':');
    const autres = serveur.filter((x) => x !== id);
    serveur = autres.toSpliced(autres.indexOf(apres) + 1, 0, id);
    return { ok: true, json: async () => ({ ordre: serveur }) };
  });
  vi.resetModules();
  await import('./ordre.ts');
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test('un point se déplace par ses boutons et par Alt et une flèche ; le serveur reçoit chaque ordre, le lecteur d’écran l’entend', async () => {
  bouton('a', 'Descendre').click();
  expect(ordre()).toEqual(['b', 'a', 'c']);
  bouton('c', 'Monter').focus();
  bouton('c', 'Monter').dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp', altKey: true, bubbles: true, cancelable: true }));
  expect(ordre()).toEqual(['b', 'c', 'a']);
  expect(document.activeElement).toBe(bouton('c', 'Monter'));
  await expect.poll(() => envois).toEqual(['a:b', 'c:b']);
  await expect.poll(() => un('[data-ordre-annonce]').textContent).toBe('Point placé en position 2 sur 3. Ordre enregistré.');
  expect(document.querySelector('[data-ordre-point=b] .c-odj__rang')?.textContent).toBe('1');
});

test('ce qu’une autre personne a déplacé entre-temps apparaît avec son propre déplacement', async () => {
  serveur = ['c', 'a', 'b'];
  bouton('a', 'Descendre').click();
  await expect.poll(ordre).toEqual(['c', 'b', 'a']);
  expect(envois).toEqual(['a:b']);
});

test('aux bouts, rien ne bouge ; le bouton qui ne sert plus se désactive et le suivant reçoit la main', () => {
  bouton('a', 'Monter').click();
  expect(ordre()).toEqual(['a', 'b', 'c']);
  bouton('b', 'Monter').focus();
  bouton('b', 'Monter').click();
  expect(ordre()).toEqual(['b', 'a', 'c']);
  expect(bouton('b', 'Monter').disabled).toBe(true);
  expect(document.activeElement).toBe(bouton('b', 'Descendre'));
});

test('un ordre qui n’a pas pu partir se dit, et la page revient à ce qui est enregistré', async () => {
  vi.useFakeTimers();
  const recharger = vi.spyOn(window.location, 'reload').mockImplementation(() => {});
  panne = true;
  bouton('a', 'Descendre').click();
  await vi.advanceTimersByTimeAsync(0);
  expect(un('[data-ordre-annonce]').textContent).toMatch(/^L’ordre n’a pas pu être enregistré/);
  await vi.advanceTimersByTimeAsync(2000);
  expect(recharger).toHaveBeenCalledOnce();
});
