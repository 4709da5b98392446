// @vitest-environment happy-dom
/** The small islands, on the markup that the components really write. */
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ActionBar } from '../../ActionBar.tsx';
import { Radios } from '../../Choices.tsx';
import { KeyboardHelp } from '../../KeyboardHelp.tsx';
import { ProgressBar } from '../../ProgressBar.tsx';
import { Table } from '../../Table.tsx';
import { startClavier } from './clavier.ts';
import { startProgression } from './progression.ts';
import { startRevelations } from './revelations.ts';
import { startSelection } from './selection.ts';

const dessiner = (noeud: ReactNode): void => {
  document.body.innerHTML = renderToStaticMarkup(noeud);
};
const un = <E extends HTMLElement>(s: string): E => document.querySelector(s) as E;

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('La sélection dans un tableau', () => {
  const cases = () => [...document.querySelectorAll<HTMLInputElement>('tbody input')];
  const cochees = () => cases().flatMap((c, i) => (c.checked ? [i] : []));
  const cliquer = (c: HTMLInputElement, maj = false) => c.dispatchEvent(new MouseEvent('click', { bubbles: true, shiftKey: maj }));
  beforeEach(() => {
    dessiner(
      <form>
        <Table
          legende="Demandes"
          colonnes={[{ cle: 'nom', titre: 'Nom', cellule: (l: { id: string }) => l.id, entete: true }]}
          lignes={['a', 'b', 'c', 'd'].map((id) => ({ id }))}
          cle={(l) => l.id}
          selection={{ nom: 'ids', libelle: (l) => l.id }}
        />
        <ActionBar selection>
          <button type="submit">Clore</button>
        </ActionBar>
      </form>,
    );
    startSelection();
  });

  test('une case de tête les prend ou les laisse toutes, et dit quand elle n’en prend qu’une partie', () => {
    const tete = un<HTMLInputElement>('thead input');
    cliquer(tete);
    tete.checked = true;
    tete.dispatchEvent(new Event('change'));
    expect(cochees()).toEqual([0, 1, 2, 3]);
    cliquer(cases()[1] as HTMLInputElement);
    expect([tete.checked, tete.indeterminate]).toEqual([false, true]);
    expect(un('[data-selection-compte]').textContent).toBe('3 lignes sélectionnées');
  });
  test('Maj prend tout ce qui est entre deux cases', () => {
    cliquer(cases()[0] as HTMLInputElement);
    cliquer(cases()[2] as HTMLInputElement, true);
    expect(cochees()).toEqual([0, 1, 2]);
  });
  test('la case de tête a un nom', () => {
    expect(un('label[for=tout-selectionner]').textContent).toBe('Sélectionner toutes les lignes');
  });
});

test('ce qu’un choix ouvre se montre tant qu’il est choisi', () => {
  dessiner(
    <Radios
      nom="suite"
      legende="Suite"
      valeur="a"
      options={[
        { valeur: 'a', libelle: 'A', contenu: <p id="dans-a">détail</p> },
        { valeur: 'b', libelle: 'B' },
      ]}
    />,
  );
  startRevelations();
  const cachee = () => un('#suite-suite').classList.contains('govuk-radios__conditional--hidden');
  expect(cachee()).toBe(false);
  expect(un('[value=a]').getAttribute('aria-controls')).toBe('suite-suite');
  const b = un<HTMLInputElement>('[value=b]');
  b.checked = true;
  b.dispatchEvent(new Event('change', { bubbles: true }));
  expect(cachee()).toBe(true);
  expect(document.querySelector('[aria-expanded]')).toBeNull();
});

describe('Les raccourcis du clavier', () => {
  test('mènent où ils disent, jamais pendant une saisie ni avec une touche de commande', () => {
    dessiner(
      <>
        <input id="recherche" />
        <input id="coche" type="checkbox" />
        <KeyboardHelp raccourcis={[{ touche: 'g puis j', libelle: 'Ma journée', href: '/ma-journee' }]} />
      </>,
    );
    const aller = vi.spyOn(window.location, 'assign').mockImplementation(() => {});
    startClavier();
    const presser = (key: string, o: KeyboardEventInit = {}, cible: EventTarget = document.body) =>
      cible.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...o }));
    presser('g', {}, un('#recherche'));
    presser('j', {}, un('#recherche'));
    presser('g');
    presser('j', { ctrlKey: true });
    vi.advanceTimersByTime(1300);
    presser('j');
    expect(aller).not.toHaveBeenCalled();
    presser('g', {}, un('#coche'));
    presser('j');
    expect(aller).toHaveBeenCalledExactlyOnceWith('/ma-journee');
    presser('/');
    expect(document.activeElement?.id).toBe('recherche');
    (document.activeElement as HTMLElement).blur();
    presser('?');
    expect(un<HTMLDialogElement>('dialog').open).toBe(true);
  });
});

describe('Un long travail', () => {
  test('avance à l’écran, attend un serveur qui redémarre, et recharge la page à la fin', async () => {
    dessiner(<ProgressBar libelle="Import" fait={0} total={0} suivi="/travaux/1" />);
    const reponses = [
      () => new Response(JSON.stringify({ fait: 3, total: 10, termine: false, detail: '3 sur 10' })),
      () => new Response('', { status: 503 }),
      () => Promise.reject(new TypeError('network')),
      () => new Response(JSON.stringify({ fait: 10, total: 10, termine: true })),
    ];
    let demandes = 0;
    vi.stubGlobal('fetch', async () => (reponses[demandes++] ?? (() => Promise.reject(new Error('de trop'))))());
    const recharger = vi.spyOn(window.location, 'reload').mockImplementation(() => {});
    startProgression();
    await vi.advanceTimersByTimeAsync(0);
    expect([un<HTMLProgressElement>('progress').value, un('[data-etat]').textContent]).toEqual([3, '3 sur 10']);
    await vi.advanceTimersByTimeAsync(1000 + 1000);
    expect(demandes).toBe(3);
    expect(recharger).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(demandes).toBe(4);
    expect(recharger).toHaveBeenCalledOnce();
  });

  test('dont la page dit seulement qu’elle attend se recharge quand elle ne le dit plus', async () => {
    dessiner(<div data-attente="">Documents en préparation</div>);
    const pages = [
      () => new Response('<div data-attente=""></div>'),
      () => new Response('panne', { status: 503 }),
      () => Promise.reject(new TypeError('network')),
      () => new Response('<a href="/releve.pdf">Le relevé</a>'),
    ];
    let demandes = 0;
    vi.stubGlobal('fetch', async () => (pages[demandes++] ?? (() => Promise.reject(new Error('de trop'))))());
    const recharger = vi.spyOn(window.location, 'reload').mockImplementation(() => {});
    startProgression();
    await vi.advanceTimersByTimeAsync(15_000);
    expect([demandes, recharger.mock.calls.length]).toEqual([3, 0]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect([demandes, recharger.mock.calls.length]).toEqual([4, 1]);
  });
});
