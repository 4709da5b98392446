// @vitest-environment happy-dom
/** What every component owes: seen on each example of the gallery, which shows them all. */
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { Checkbox, Checkboxes, Radios } from './Choices.tsx';
import { DateInput } from './DateInput.tsx';
import { ErrorSummary } from './ErrorSummary.tsx';
import { Fieldset } from './Fieldset.tsx';
import { dansLeFuseau } from '../core/fuseau.ts';
import { FileUpload } from './FileUpload.tsx';
import { Form } from './Form.tsx';
import { GALLERY } from './Gallery.tsx';
import { Fait } from './NotificationBanner.tsx';
import { type LayoutProps, renderBody, renderFrame } from './Layout.tsx';
import { PlanDeLieux } from './maps/PlanDeLieux.tsx';
import { Select } from './Select.tsx';
import { Textarea } from './Textarea.tsx';
import { TextInput } from './TextInput.tsx';

function dessiner(noeud: ReactNode): HTMLElement {
  document.body.innerHTML = dansLeFuseau('Europe/Paris', () => renderToStaticMarkup(noeud));
  return document.body;
}
const ids = (e: Element, attribut: string): string[] => (e.getAttribute(attribut) ?? '').split(/\s+/).filter(Boolean);
const visible = (e: Element): string => (e.textContent ?? '').trim();

/** Name that a screen reader says, as far as our markup gives it. */
function nomDe(e: Element, racine: ParentNode): string {
  const par = ids(e, 'aria-labelledby').map((id) => racine.querySelector(`[id="${id}"]`)?.textContent ?? '');
  const etiquette = e.id ? racine.querySelector(`label[for="${e.id}"]`) : null;
  return (
    e.getAttribute('aria-label') ??
    (par.join(' ').trim() || visible(etiquette ?? e.closest('label') ?? e) || e.getAttribute('title') || e.querySelector('title')?.textContent || '')
  ).trim();
}

const racineDe = (racine: ParentNode, s: string): string => visible(racine.querySelector(s) ?? document.createElement('p'));
const VIDE: LayoutProps = {
  titre: 'Vide',
  contrat: { nom: '', sigle: '', periode: '' },
  demonstration: false,
  chemin: '/',
  utilisateur: null,
  navigation: [],
  children: null,
};
const CHAMPS = 'input:not([type=hidden]), select, textarea';
function fautes(racine: HTMLElement): string[] {
  const dites: string[] = [];
  const exiger = (e: Element, bon: boolean, regle: string) => {
    if (!bon) dites.push(`${regle} : ${e.outerHTML.slice(0, 140)}`);
  };
  const tous = (s: string) => [...racine.querySelectorAll(s)];
  const connus = new Set<string>();
  for (const e of tous('[id]')) {
    exiger(e, !connus.has(e.id), 'un id sert deux fois');
    connus.add(e.id);
  }
  for (const a of ['for', 'aria-describedby', 'aria-labelledby', 'aria-controls', 'data-aria-controls', 'list'])
    for (const e of tous(`[${a}]`)) for (const id of ids(e, a)) exiger(e, connus.has(id), `${a} désigne ce qui n’existe pas`);
  for (const e of tous(CHAMPS)) exiger(e, nomDe(e, racine) !== '', 'un champ n’a pas de nom');
  for (const e of tous('a, button, summary')) exiger(e, nomDe(e, racine) !== '', 'un lien ou un bouton ne dit rien');
  for (const e of tous('a')) exiger(e, (e.getAttribute('href') ?? '') !== '', 'un lien ne mène nulle part');
  for (const e of tous('fieldset'))
    exiger(e, e.firstElementChild?.tagName === 'LEGEND' && visible(e.firstElementChild) !== '', 'un groupe commence par sa légende');
  for (const e of tous('table'))
    exiger(
      e,
      e.hasAttribute('aria-label') || e.hasAttribute('aria-labelledby') || visible(e.querySelector('caption') ?? document.createElement('caption')) !== '',
      'un tableau n’a pas de titre',
    );
  for (const e of tous('th')) exiger(e, e.hasAttribute('scope'), 'un en-tête ne dit pas sa portée');
  for (const e of tous('svg'))
    exiger(e, e.getAttribute('aria-hidden') === 'true' || (e.getAttribute('role') !== null && nomDe(e, racine) !== ''), 'un dessin n’est ni nommé ni caché');
  for (const e of tous('img')) exiger(e, e.hasAttribute('alt'), 'une image n’a pas de texte');
  for (const e of tous('[aria-invalid=true]'))
    exiger(
      e,
      ids(e, 'aria-describedby').some((id) => racine.querySelector(`[id="${id}"]`)?.classList.contains('govuk-error-message')),
      'une erreur n’est pas reliée à son champ',
    );
  for (const e of tous('form[method=post], form:not([method])'))
    exiger(e, e.querySelector('button, input[type=submit]') !== null || e.id !== '', 'un formulaire n’a pas de bouton');
  if (/\b(undefined|NaN|\[object)\b/.test(racine.textContent ?? '')) dites.push('une valeur de programme s’affiche');
  return dites;
}

for (const groupe of GALLERY)
  describe(groupe.titre, () => {
    for (const composant of groupe.composants)
      for (const exemple of composant.examples)
        test(`${composant.nom}, ${exemple.nom} : nommé, relié, complet`, () => {
          const racine = dessiner(exemple.rendu);
          expect(racine.innerHTML.length).toBeGreaterThan(20);
          expect(fautes(racine)).toEqual([]);
        });
  });

describe('Le cadre de la page', () => {
  const renderPage = ({ children, ...props }: LayoutProps) => renderFrame(props).join(renderBody(children));
  const page = (p: Partial<LayoutProps>) => {
    const html = renderPage({
      titre: 'Séances',
      contrat: { nom: 'Contrat d’essai', sigle: 'CE', periode: '2025-2028' },
      demonstration: true,
      chemin: '/seances',
      utilisateur: { nom: 'Anne Essai', fonction: 'Coordinatrice' },
      navigation: [{ cle: 'seances', libelle: 'Séances', href: '/seances' }],
      section: 'seances',
      fil: [{ libelle: 'Instances', href: '/instances' }],
      children: <h1>Séances</h1>,
      ...p,
    });
    // What the page fetches is not looked for here.
    return new DOMParser().parseFromString(html.replace(/<link [^>]*>|<script[\s\S]*?<\/script>/g, ''), 'text/html').documentElement;
  };
  const menu = [{ titre: 'Suivre', entrees: [{ cle: 'seances', libelle: 'Séances', href: '/seances', compte: 12 }] }];

  test('public ou de travail, chaque lien dit où il va, et l’évitement mène au contenu', () => {
    for (const p of [{}, { utilisateur: null }, { largeur: 'travail', menu }] as const) {
      const racine = page(p);
      expect(fautes(racine)).toEqual([]);
      expect(racine.querySelector(racine.querySelector('.govuk-skip-link')?.getAttribute('href') ?? 'rien')?.querySelector('h1')?.textContent).toBe('Séances');
      expect(racine.querySelectorAll('main')).toHaveLength(1);
    }
    expect(racineDe(page({ largeur: 'travail', menu }), '#menu [aria-current]')).toMatch(/^Séances.*12 à traiter$/);
  });
  test('le titre dit d’abord qu’il y a des erreurs ; la langue est celle de la page', () => {
    expect(page({ enErreur: true }).querySelector('title')?.textContent).toMatch(/^Erreur.*Séances/);
    expect(renderPage({ ...VIDE, langue: 'en' })).toContain('<html lang="en"');
  });
});

test('« C’est fait » ne dit que ce que la page connaît : une adresse écrite à la main n’affiche rien', () => {
  const dit = (code: string) => renderToStaticMarkup(<Fait code={code} mots={{ ajoute: 'C’est ajouté.' }} />);
  expect(dit('ajoute')).toContain('C’est ajouté.');
  expect(['', 'autre', 'constructor', '__proto__', 'toString'].map(dit)).toEqual(['', '', '', '', '']);
});

describe('Un champ', () => {
  const OPTIONS = [
    { valeur: 'a', libelle: 'Un' },
    { valeur: 'b', libelle: 'Deux' },
  ];
  const seuls: Record<string, (erreur?: string) => ReactNode> = {
    texte: (erreur) => <TextInput nom="champ" libelle="Objet" aide="Une aide." erreur={erreur} />,
    'long texte': (erreur) => <Textarea nom="champ" libelle="Objet" aide="Une aide." erreur={erreur} />,
    liste: (erreur) => <Select nom="champ" libelle="Objet" aide="Une aide." erreur={erreur} options={OPTIONS} />,
    jour: (erreur) => <DateInput nom="champ" libelle="Objet" aide="Une aide." erreur={erreur} />,
    fichier: (erreur) => <FileUpload nom="champ" libelle="Objet" aide="Une aide." erreur={erreur} />,
    'un choix': (erreur) => <Radios nom="champ" legende="Objet" aide="Une aide." erreur={erreur} options={OPTIONS} />,
    'plusieurs choix': (erreur) => <Checkboxes nom="champ" legende="Objet" aide="Une aide." erreur={erreur} options={OPTIONS} />,
    'case seule': (erreur) => <Checkbox nom="champ" libelle="Objet" aide="Une aide." erreur={erreur} />,
  };
  for (const [nom, rendu] of Object.entries(seuls))
    test(`${nom} : le résumé des erreurs mène à lui, l’aide et l’erreur se lisent avec lui`, () => {
      const racine = dessiner(
        <>
          <ErrorSummary erreurs={[{ champ: 'champ', message: 'Dites l’objet.' }]} />
          {rendu('Dites l’objet.')}
        </>,
      );
      expect(fautes(racine)).toEqual([]);
      const lien = racine.querySelector('.govuk-error-summary a');
      const cible = racine.querySelector(lien?.getAttribute('href') ?? 'rien');
      expect(cible?.matches(CHAMPS)).toBe(true);
      const porteur = cible?.closest('fieldset') ?? cible;
      const lus = [porteur, cible].flatMap((e) => (e ? ids(e, 'aria-describedby') : [])).map((id) => racine.querySelector(`[id="${id}"]`)?.textContent);
      expect(lus).toContainEqual('Une aide.');
      expect(lus).toContainEqual(expect.stringMatching(/^Erreur[\u202f\u00a0 ]?: ?Dites l’objet\.$/));
      expect(racine.querySelector('[role=alert]')?.textContent).toContain('Dites l’objet.');
      const sans = dessiner(rendu());
      expect(sans.querySelector('[aria-invalid], .govuk-error-message, .govuk-form-group--error')).toBeNull();
    });

  test('garde ce qui a été saisi, et rien de ce qui est saisi ne devient une balise', () => {
    const saisi = '<script>alert(1)</script>"\'&';
    const racine = dessiner(
      <Form action="/x">
        <TextInput nom="a" libelle={saisi} valeur={saisi} erreur={saisi} />
        <Textarea nom="b" libelle="B" valeur={saisi} />
        <Fieldset legende={saisi}>
          <Select nom="c" libelle="C" valeur={saisi} options={[{ valeur: saisi, libelle: saisi }]} />
        </Fieldset>
      </Form>,
    );
    expect(racine.querySelector('script')).toBeNull();
    expect(racine.querySelector<HTMLInputElement>('[name=a]')?.value).toBe(saisi);
    expect(racine.querySelector<HTMLTextAreaElement>('[name=b]')?.value).toBe(saisi);
    expect(racine.querySelector<HTMLSelectElement>('[name=c]')?.value).toBe(saisi);
  });
});

describe('Le contrôle des composants', () => {
  test('voit chaque faute qu’il dit chercher', () => {
    const vu = (html: string) => {
      document.body.innerHTML = html;
      return fautes(document.body).length;
    };
    for (const html of [
      '<p id="a"></p><p id="a"></p>',
      '<label for="x">A</label>',
      '<input name="a">',
      '<a href="/x"></a>',
      '<a>x</a>',
      '<fieldset><p>a</p><legend>b</legend></fieldset>',
      '<table><tr><td>a</td></tr></table>',
      '<table><caption>t</caption><tr><th>a</th></tr></table>',
      '<svg><path/></svg>',
      '<label>a <input aria-invalid="true"></label>',
      '<p>undefined</p>',
    ])
      expect([html, vu(html) > 0]).toEqual([html, true]);
    expect(vu('<label for="x">A</label><input id="x" name="a"><a href="/y">y</a>')).toBe(0);
  });
});

test('le plan de quelques lieux : numérotés, près ou loin, avec des limites allégées et coupées au cadre', () => {
  // A circle of two kilometres, drawn with far more points than anybody sees.
  const rond = Array.from({ length: 2001 }, (_, i) => [2.35 + 0.02 * Math.cos((i * Math.PI) / 1000), 48.86 + 0.013 * Math.sin((i * Math.PI) / 1000)]);
  const contours = new Map([
    ['ici', { type: 'Polygon' as const, coordinates: [rond] }],
    ['loin', { type: 'Polygon' as const, coordinates: [rond.map(([x = 0, y = 0]) => [x + 3, y])] }],
  ]);
  const lieu = { id: 'a', numero: 3, lon: 2.35, lat: 48.86, libelle: 'Un lieu', href: '#lieu-a' };
  const vu = dessiner(
    <PlanDeLieux titre="Les lieux" contours={contours} points={[lieu, { ...lieu, id: 'b', numero: 4, lon: 2.352 }]} ici={{ lon: 2.351, lat: 48.861 }} />,
  );
  expect([...vu.querySelectorAll('a')].map((a) => [a.getAttribute('aria-label'), a.getAttribute('href')])).toEqual([
    ['3. Un lieu', '#lieu-a'],
    ['4. Un lieu', '#lieu-a'],
  ]);
  const limites = [...vu.querySelectorAll('path.c-plan__fond')].map((p) => p.getAttribute('d') ?? '');
  expect([limites.length, limites[0]?.startsWith('M'), (limites[0] ?? '').length < 6000]).toEqual([1, true, true]);
  expect(vu.querySelector('.c-plan-lieux__ici title')?.textContent).toBe('Vous êtes ici');
  for (const c of vu.querySelectorAll('circle'))
    for (const [axe, max] of [
      ['cx', 380],
      ['cy', 260],
    ] as const)
      expect(Number(c.getAttribute(axe))).toBeLessThan(max);
  expect(dessiner(<PlanDeLieux titre="Rien" contours={contours} points={[]} />).innerHTML).toBe('');
});
