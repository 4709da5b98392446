// @vitest-environment happy-dom
/** A page that follows: what it reads again, how often, and what it says when it no longer follows. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Lecture, ligneDuDirect, suivre } from './direct.ts';

class Flux {
  static ouverts: Flux[] = [];
  static reseau = true;
  onopen = () => {};
  onmessage = (_: { data: string }) => {};
  onerror = () => {};
  battre = () => {};
  constructor() {
    queueMicrotask(() => {
      if (!Flux.reseau) return this.onerror();
      Flux.ouverts.push(this);
      this.onopen();
    });
  }
  addEventListener(_: string, battre: () => void): void {
    this.battre = battre;
  }
  close(): void {
    Flux.ouverts = Flux.ouverts.filter((f) => f !== this);
  }
}
const passer = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const dire = (genre: string, plus: object = {}) => {
  for (const f of Flux.ouverts) f.onmessage({ data: JSON.stringify({ genre, ...plus }) });
};
const battre = async (ms: number) => {
  for (let t = 0; t < ms; t += 15_000) {
    await passer(15_000);
    for (const f of Flux.ouverts) f.battre();
  }
};
const ligne = () => document.querySelector<HTMLElement>('.c-direct');
let issue: Lecture = 'fait';
let lectures = 0;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  vi.setSystemTime(new Date(2026, 10, 29, 21, 4));
  vi.stubGlobal('EventSource', Flux);
  document.body.innerHTML = '<main></main>';
  [Flux.ouverts, Flux.reseau, lectures, issue] = [[], true, 0, 'fait'];
});
afterEach(() => {
  vi.clearAllTimers();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
async function ouvrir(): Promise<void> {
  const dit = ligneDuDirect(document.querySelector('main') as HTMLElement);
  const relire = async (): Promise<Lecture> => {
    if (!Flux.reseau) return 'absent';
    lectures += 1;
    return issue;
  };
  suivre({ adresse: '/direct', relire, ignore: (e) => e.genre === 'comptage', dire: dit });
  await passer(2000);
  lectures = 0;
}

test('plusieurs annonces proches sont une lecture ; à deux cents écrans, cinquante réponses en une minute en sont une douzaine', async () => {
  await ouvrir();
  for (const genre of ['accusee', 'accusee', 'bonjour', 'comptage']) dire(genre);
  await passer(1000);
  expect(lectures).toBe(1);
  dire('comptage');
  await passer(1000);
  expect(lectures).toBe(1);
  dire('presents', { presents: Array.from({ length: 200 }, (_, i) => ({ id: String(i), nom: '', sur: [] })) });
  lectures = 0;
  for (let i = 0; i < 50; i++) {
    dire('accusee');
    await passer(1200);
  }
  await passer(10_000);
  expect(lectures).toBeGreaterThan(8);
  expect(lectures).toBeLessThan(16);
});

test('coupée, elle le dit avec l’heure de ce qu’elle montre ; au retour du réseau elle relit seule et ne le dit plus', async () => {
  await ouvrir();
  await battre(60_000);
  expect(ligne()?.hidden).toBe(true);
  Flux.reseau = false;
  for (const f of [...Flux.ouverts]) f.onerror();
  await passer(2900);
  expect(ligne()?.hidden).toBe(true);
  await passer(600_000);
  expect(ligne()?.textContent?.replaceAll(/\s/g, ' ')).toBe('Hors ligne : ce qui est montré est de 21 h 05. La suite viendra seule au retour du réseau.');
  Flux.reseau = true;
  await passer(31_000);
  expect([lectures > 0, ligne()?.hidden]).toEqual([true, true]);
  // Said at once by the device, before any delay is over.
  Flux.reseau = false;
  window.dispatchEvent(new Event('offline'));
  await passer(4000);
  expect(ligne()?.hidden).toBe(false);
  Flux.reseau = true;
  lectures = 0;
  window.dispatchEvent(new Event('online'));
  await passer(2000);
  expect([lectures > 0, ligne()?.hidden]).toEqual([true, true]);
});

test('un flux muet est tenu pour perdu ; ce qui ne se lit pas, faute de réseau, de session ou de droit, est dit', async () => {
  await ouvrir();
  const [muet] = Flux.ouverts;
  await passer(45_000);
  expect([Flux.ouverts.length, Flux.ouverts[0] !== muet]).toEqual([1, true]);
  issue = 'session';
  dire('levee');
  await passer(6000);
  expect(ligne()?.textContent).toMatch(/^Votre session a pris fin.*Reconnectez-vous$/);
  issue = 'refus';
  dire('levee');
  await passer(6000);
  expect(ligne()?.textContent).toMatch(/^Cette page ne vous est plus ouverte/);
  // Typing there: read again once they have left.
  issue = 'occupe';
  dire('levee');
  await passer(6000);
  issue = 'fait';
  lectures = 0;
  document.dispatchEvent(new Event('focusout'));
  await passer(6000);
  expect([lectures, ligne()?.hidden]).toEqual([1, true]);
});
