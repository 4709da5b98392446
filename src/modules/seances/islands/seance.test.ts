// @vitest-environment happy-dom
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { champDe, dit, type Etat, ouvrirPage, passer, Plateforme, POINTS, presser, taper } from './seance.fixtures.ts';

let p: Plateforme;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  localStorage.clear();
  p = new Plateforme();
});
afterEach(() => {
  vi.clearAllTimers();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const texteDe = (point: string) => p.notes.get(point)?.texte;
/** The network is back: everything goes, whatever has to be chosen is joined. */
async function toutEnvoyer(): Promise<void> {
  p.etat = 'la';
  for (let i = 0; i < 6; i++) {
    await passer(45_000);
    while (presser('Joindre les deux')) await passer(0);
  }
}

describe('Les notes d’une séance', () => {
  test('s’enregistrent seules après une seconde de repos, et au plus tard en six secondes', async () => {
    await ouvrirPage(p);
    taper(champDe('p1'), 'Le maire ouvre');
    await passer(900);
    expect(texteDe('p1')).toBe('');
    await passer(200);
    expect(texteDe('p1')).toBe('Le maire ouvre');
    expect(dit('[data-etat-notes=p1]')).toMatch(/^Enregistré à/);
    for (let i = 0; i < 9; i++) {
      taper(champDe('p1'), `Le maire ouvre${'.'.repeat(i + 1)}`);
      await passer(700);
    }
    expect(texteDe('p1')).toMatch(/^Le maire ouvre\.{5,}/);
  });

  test('attendent le réseau sur l’appareil, le disent, et partent à son retour', async () => {
    await ouvrirPage(p);
    p.etat = 'coupe';
    taper(champDe('p1'), 'écrit hors ligne');
    await passer(1100);
    expect(dit('[data-etat-notes=p1]')).toContain('Hors ligne');
    expect(dit('#s-etat')).toMatch(/Hors ligne.*\(1 en attente\)/);
    await ouvrirPage(p);
    expect(champDe('p1').value).toBe('écrit hors ligne');
    p.etat = 'la';
    await passer(40_000);
    expect(texteDe('p1')).toBe('écrit hors ligne');
    expect(localStorage.length).toBe(0);
  });

  test('ne prennent pas la page d’un portail, une panne ou une session finie pour un enregistrement', async () => {
    for (const etat of ['portail', 'panne', 'session'] as const) {
      await ouvrirPage(p);
      p.etat = etat;
      taper(champDe('p1'), `pendant ${etat}`);
      await passer(1100);
      expect([etat, dit('[data-etat-notes=p1]')]).toEqual([etat, expect.stringContaining('gardé sur cet appareil')]);
      expect(texteDe('p1')).not.toBe(`pendant ${etat}`);
      p.etat = 'la';
      await passer(40_000);
      expect(texteDe('p1')).toBe(`pendant ${etat}`);
    }
  });

  test('montrent le texte d’un autre sans toucher au mien ; le choix n’en perd aucun', async () => {
    for (const [choix, attendu] of [
      ['Joindre les deux', /sien[\s\S]*mien|mien[\s\S]*sien/],
      ['Garder le mien', /^mien$/],
      ['Reprendre le sien', /^sien$/],
    ] as const) {
      p = new Plateforme();
      localStorage.clear();
      await ouvrirPage(p);
      p.etat = 'coupe';
      taper(champDe('p1'), 'mien');
      await passer(1100);
      p.autre('p1', () => 'sien');
      p.etat = 'la';
      await passer(40_000);
      expect(champDe('p1').value).toBe('mien');
      expect(dit('[data-conflit=p1]')).toContain('Texte enregistré par Bruno Essai');
      expect(texteDe('p1')).toBe('sien');
      expect(presser(choix)).toBe(true);
      await passer(2000);
      expect(texteDe('p1')).toMatch(attendu);
      expect(p.historique).toContain('sien');
      if (choix !== 'Reprendre le sien') continue;
      expect(presser('Le remettre')).toBe(true);
      await passer(2000);
      expect(texteDe('p1')).toBe('sien\nmien');
    }
  });

  test('gardent le choix à faire tant qu’il n’est pas fait, même si l’on continue d’écrire et que la page se rouvre', async () => {
    await ouvrirPage(p);
    taper(champDe('p1'), 'mien');
    p.autre('p1', () => 'sien');
    await ouvrirPage(p);
    taper(champDe('p1'), 'mien encore');
    await ouvrirPage(p);
    await passer(10_000);
    expect(texteDe('p1')).toBe('sien');
    expect(champDe('p1').value).toBe('mien encore');
    expect(presser('Joindre les deux')).toBe(true);
    await passer(2000);
    expect(texteDe('p1')).toBe('sien\nmien encore');
  });

  test('suivent ce qu’un autre enregistre tant que je n’y touche pas', async () => {
    await ouvrirPage(p);
    p.autre('p2', () => 'de Bruno');
    await passer(400);
    expect(champDe('p2').value).toBe('de Bruno');
    expect(dit('[data-etat-notes=p2]')).toBe('Mis à jour par Bruno Essai');
  });

  const ETATS: readonly Etat[] = ['la', 'la', 'coupe', 'reponse-perdue', 'session', 'portail', 'panne'];
  const geste = fc.oneof(
    { weight: 5, arbitrary: fc.record({ quoi: fc.constant('taper' as const), point: fc.constantFrom(...POINTS), debut: fc.boolean() }) },
    { weight: 3, arbitrary: fc.record({ quoi: fc.constant('autre' as const), point: fc.constantFrom(...POINTS), debut: fc.boolean() }) },
    { weight: 4, arbitrary: fc.record({ quoi: fc.constant('reseau' as const), etat: fc.constantFrom(...ETATS) }) },
    { weight: 5, arbitrary: fc.record({ quoi: fc.constant('attendre' as const), ms: fc.constantFrom(10, 300, 1100, 7000, 40_000) }) },
    { weight: 2, arbitrary: fc.record({ quoi: fc.constant('joindre' as const) }) },
    { weight: 2, arbitrary: fc.record({ quoi: fc.constant('rouvrir' as const) }) },
  );

  test('rien de ce que quiconque écrit ne se perd, quoi que fassent le réseau, les autres et la page', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(geste, { minLength: 3, maxLength: 25 }), async (gestes) => {
        p = new Plateforme();
        localStorage.clear();
        await ouvrirPage(p);
        const ecrits: [string, string][] = [];
        const ajouter = (t: string, mot: string, debut: boolean) => (t === '' ? mot : debut ? `${mot}\n${t}` : `${t}\n${mot}`);
        for (const [i, g] of gestes.entries()) {
          if (g.quoi === 'taper') {
            ecrits.push([g.point, `moi-${i}.`]);
            taper(champDe(g.point), ajouter(champDe(g.point).value, `moi-${i}.`, g.debut));
          } else if (g.quoi === 'autre') {
            ecrits.push([g.point, `autre-${i}.`]);
            p.autre(g.point, (t) => ajouter(t, `autre-${i}.`, g.debut));
          } else if (g.quoi === 'reseau') p.etat = g.etat;
          else if (g.quoi === 'attendre') await passer(g.ms);
          else if (g.quoi === 'joindre') {
            presser('Joindre les deux');
            await passer(0);
          } else await ouvrirPage(p);
        }
        await toutEnvoyer();
        expect(ecrits.filter(([point, mot]) => !texteDe(point)?.split('\n').includes(mot))).toEqual([]);
        expect(POINTS.map((x) => champDe(x).value)).toEqual(POINTS.map(texteDe));
        expect(localStorage.length).toBe(0);
      }),
      { numRuns: 100 },
    );
  });
});

test('ce qui s’est dit pendant que le réseau manquait est relu à son retour : notes d’un autre, séance levée', async () => {
  await ouvrirPage(p);
  p.couperSansFlux();
  p.autre('p2', () => 'de Bruno');
  taper(champDe('p1'), 'trop tard');
  p.seance = 'relecture';
  p.annoncer({ genre: 'levee' });
  await passer(2000);
  expect(champDe('p2').value).toBe('');
  p.etat = 'la';
  await passer(40_000);
  expect(champDe('p2').value).toBe('de Bruno');
  expect(dit('#s-messages')).toContain('La séance est levée.');
  expect(champDe('p1').value).toBe('trop tard');
  expect(dit('[data-etat-notes=p1]')).toContain('Votre texte est gardé sur cet appareil.');
  expect(localStorage.length).toBe(1);
});

test('une partie de la page qui ne change pas n’est pas remplacée, et la main y reste', async () => {
  const dessiner = (mot: string) => {
    p.blocs = () => [{ id: 'b-courant', html: `<form><input type="hidden" name="_cle" value="${crypto.randomUUID()}"><button>${mot}</button></form>` }];
  };
  const recevoir = async () => {
    p.annoncer({ genre: 'point' });
    await passer(400);
  };
  const bouton = () => document.querySelector('#b-courant button') as HTMLButtonElement;
  await ouvrirPage(p);
  dessiner('Point suivant');
  await recevoir();
  const avant = bouton();
  avant.focus();
  await recevoir();
  expect(bouton()).toBe(avant);
  dessiner('Terminer ce point');
  await recevoir();
  expect(bouton().textContent).toBe('Terminer ce point');
  expect(document.activeElement).toBe(bouton());
});

test('une décision nouvelle suit la fiche de son point, jamais celle du point d’avant, et garde ce qui a été écrit', async () => {
  await ouvrirPage(p);
  const form = document.querySelector('#f-decision') as HTMLFormElement;
  const champ = document.createElement('input');
  champ.name = 'engagement';
  champ.value = '1.3-R1.2';
  form.append(champ);
  form.dataset.vierge = JSON.stringify({ libelle: '', responsable: '', engagement: '1.3-R1.2' });
  form.querySelector('[name=point]')?.remove();
  form.insertAdjacentHTML('beforeend', '<select name="point"><option value="p1"></option><option value="p2"></option></select>');
  const { accorderEngagement } = await import('./parts/seance-page.ts');
  const aller = (point: string) => {
    (form.querySelector('[name=point]') as HTMLSelectElement).value = point;
    accorderEngagement(form);
    return champ.value;
  };
  for (const [point, engagement] of Object.entries({ p1: '1.3-R1.2', p2: '' }))
    document.querySelector(`#b-points [data-montrer="${point}"]`)?.setAttribute('data-engagement', engagement);
  expect([aller('p2'), aller('p1'), aller('p2')]).toEqual(['', '1.3-R1.2', '']);
  champ.value = '2.4';
  expect([aller('p1'), aller('p2')]).toEqual(['2.4', '2.4']);
});

describe('Les saisies d’une séance', () => {
  const decider = (libelle: string) => {
    const form = document.querySelector('#f-decision') as HTMLFormElement;
    taper(form.querySelector('textarea') as HTMLTextAreaElement, libelle);
    form.requestSubmit(form.querySelector('button'));
  };
  const libelles = () => p.actes.map((a) => a.corps.libelle);

  test('partent dans leur ordre au retour du réseau, chacune une seule fois', async () => {
    await ouvrirPage(p);
    p.etat = 'coupe';
    for (const n of [1, 2, 3]) {
      decider(`Décision ${n}`);
      await passer(100);
    }
    expect(libelles()).toEqual([]);
    expect(dit('#s-messages')).toMatch(/3 saisies attendent le réseau.*Décision : Décision 1.*Décision 3/);
    p.etat = 'la';
    await passer(60_000);
    expect(libelles()).toEqual(['Décision 1', 'Décision 2', 'Décision 3']);
    expect(dit('#s-messages')).not.toContain('attend');
  });

  test('dont la réponse s’est perdue ne sont pas faites deux fois', async () => {
    await ouvrirPage(p);
    p.etat = 'reponse-perdue';
    decider('Éclairer la rue');
    await passer(5000);
    expect(libelles()).toEqual(['Éclairer la rue']);
    p.etat = 'la';
    await passer(60_000);
    expect(libelles()).toEqual(['Éclairer la rue']);
    expect(p.faits.size).toBe(1);
  });

  test('refusées restent visibles avec la raison, et se reprennent ou s’écartent', async () => {
    p.refuser = (c) => c.libelle === 'trop tard';
    await ouvrirPage(p);
    decider('trop tard');
    await passer(2000);
    expect(dit('#s-messages')).toMatch(/Décision : trop tard.*La séance est close\./);
    await ouvrirPage(p);
    expect(dit('#s-messages')).toContain('trop tard');
    expect(presser('Écarter')).toBe(true);
    expect(dit('#s-messages')).toBe('');
    await ouvrirPage(p);
    expect(dit('#s-messages')).toBe('');
  });

  const champ = () => document.querySelector('#f-decision textarea') as HTMLTextAreaElement;

  test('commencées se retrouvent après la fermeture de la page, sans attendre le réseau', async () => {
    await ouvrirPage(p);
    p.etat = 'coupe';
    taper(champ(), 'Renforcer la');
    await ouvrirPage(p);
    expect(champ().value).toBe('Renforcer la');
    expect(p.brouillons.size).toBe(0);
    p.etat = 'la';
    await passer(40_000);
    expect([...p.brouillons.values()].map((b) => b.champs.libelle)).toEqual(['Renforcer la']);
  });

  test('commencées sont gardées par le serveur avec tous leurs champs, et retrouvées sur un autre appareil', async () => {
    await ouvrirPage(p);
    taper(champ(), 'Renforcer la');
    const qui = document.querySelector('#f-decision [name=responsable]') as HTMLInputElement;
    qui.value = 'Police';
    qui.dispatchEvent(new Event('input', { bubbles: true }));
    await passer(1100);
    expect([...p.brouillons.values()]).toEqual([
      { formulaire: 'decision', champs: { point: 'p1', nature: 'decision', libelle: 'Renforcer la', responsable: 'Police' } },
    ]);
    expect(localStorage.length).toBe(0);
    localStorage.clear();
    await ouvrirPage(p);
    expect(champ().value).toBe('Renforcer la');
    // Emptied: nothing is begun any more.
    taper(champ(), '');
    (document.querySelector('#f-decision [name=responsable]') as HTMLInputElement).value = '';
    taper(champ(), '');
    await passer(1100);
    expect(p.brouillons.size).toBe(0);
  });

  test('ajoutées ailleurs : le formulaire se vide, et ce qui y a été écrit depuis reste', async () => {
    for (const suite of ['', ' et le square']) {
      p = new Plateforme();
      localStorage.clear();
      await ouvrirPage(p);
      taper(champ(), 'Éclairer la rue');
      await passer(1100);
      const [id = ''] = [...p.brouillons.keys()];
      p.faits.add(id);
      p.brouillons.clear();
      taper(champ(), `Éclairer la rue${suite}`);
      await passer(3000);
      expect(champ().value).toBe(suite === '' ? '' : 'Éclairer la rue et le square');
      expect([...p.brouillons.values()].map((b) => b.champs.libelle)).toEqual(suite === '' ? [] : ['Éclairer la rue et le square']);
    }
  });

  test('un second clic pendant l’envoi : la même saisie une seule fois et c’est dit, une autre est une autre décision', async () => {
    p.lenteur = 800;
    await ouvrirPage(p);
    decider('Première');
    await passer(50);
    const form = document.querySelector('#f-decision') as HTMLFormElement;
    form.requestSubmit(form.querySelector('button'));
    await passer(50);
    expect(dit('#s-messages')).toContain('Déjà en cours d’envoi, une seule fois : Décision : Première');
    decider('Seconde');
    await passer(6000);
    expect(libelles()).toEqual(['Première', 'Seconde']);
    expect(p.faits.size).toBe(2);
    expect(champ().value).toBe('');
    expect(p.brouillons.size).toBe(0);
  });

  test('un double clic vaut un clic, et c’est dit ; deux clics posés sont deux actes', async () => {
    await ouvrirPage(p);
    const bouton = document.querySelector<HTMLButtonElement>('#f-decision button');
    const cliquer = (detail: number) => bouton?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, detail }));
    taper(champ(), 'Une fois');
    cliquer(1);
    await passer(20);
    expect(cliquer(2)).toBe(false);
    expect(dit('#s-messages')).toContain('Double clic : compté une fois.');
    await passer(2000);
    expect(libelles()).toEqual(['Une fois']);
    expect(dit('.c-erreurs')).toBe('');
  });

  test('refusée pendant que la suivante s’écrit : elle reste à part avec la raison, la suivante reste dans le formulaire', async () => {
    p.lenteur = 500;
    p.corriger = (c) => (c.libelle === 'Sans qui' ? 'Choisissez qui en est chargé.' : null);
    await ouvrirPage(p);
    decider('Sans qui');
    await passer(100);
    taper(champ(), 'La suivante');
    await passer(3000);
    expect(champ().value).toBe('La suivante');
    expect(dit('#s-messages')).toMatch(/Sans qui.*Choisissez qui en est chargé/);
    p.lenteur = 0;
    taper(champ(), '');
    decider('Sans qui');
    await passer(100);
    expect(champ().value).toBe('Sans qui');
    expect(dit('.c-erreurs')).toContain('Choisissez qui en est chargé');
  });

  const geste = fc.oneof(
    { weight: 4, arbitrary: fc.constant('decider' as const) },
    { weight: 4, arbitrary: fc.constantFrom<Etat>('la', 'coupe', 'reponse-perdue', 'session', 'portail', 'panne') },
    { weight: 3, arbitrary: fc.constantFrom(10, 1500, 40_000) },
    { weight: 2, arbitrary: fc.constant('rouvrir' as const) },
  );
  test('arrivent toutes, une fois, dans l’ordre, quoi que fassent le réseau et la page', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(geste, { minLength: 2, maxLength: 20 }), async (gestes) => {
        p = new Plateforme();
        localStorage.clear();
        await ouvrirPage(p);
        const attendues: string[] = [];
        for (const [i, g] of gestes.entries()) {
          if (g === 'decider') {
            attendues.push(`décision ${i}`);
            decider(`décision ${i}`);
            // The form takes the next one once the first has an answer, or is known to wait.
            await passer(20);
          } else if (g === 'rouvrir') await ouvrirPage(p);
          else if (typeof g === 'number') await passer(g);
          else p.etat = g;
        }
        await toutEnvoyer();
        expect(libelles()).toEqual(attendues);
        expect(localStorage.length).toBe(0);
      }),
      { numRuns: 50 },
    );
  });
});
