/** Pictures that people give: what is only a picture is taken, the rest is refused, at once. */
import { expect, test } from 'vitest';
import { refusDImage } from './images.rules.ts';

const svg = (dedans: string, racine = 'xmlns="http://www.w3.org/2000/svg"') => Buffer.from(`<svg ${racine} viewBox="0 0 120 60">${dedans}</svg>`);

test.each([
  ['un programme sous un autre préfixe', svg('<s:script>alert(1)</s:script>', 'xmlns:s="http://www.w3.org/2000/svg"')],
  ['un morceau de page', svg('<h:iframe xmlns:h="http://www.w3.org/1999/xhtml" src="https://ailleurs.fr"/>')],
  ['un geste après une barre', svg('<rect/onload="x()"/>')],
  ['un renvoi sous un autre préfixe', svg('<g x:href = "https://ailleurs.fr"/>', 'xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink"')],
  ['une instruction de feuille de style', Buffer.concat([Buffer.from('<?xml version="1.0"?>'), svg('<?xml-stylesheet href="https://ailleurs.fr/a.css"?>')])],
  ['un fichier qui en répète d’autres', svg('<g id="a"><path d="M0 0"/></g><use href="#a"/>')],
  ['une image dans un attribut de style', svg('<rect style="fill:u\\rl(https://ailleurs.fr/x)"/>')],
])('%s est refusé', (_, image) => {
  expect(refusDImage(image)).toMatch(/autre chose qu’un dessin|ne se lit pas/);
});

test('un dessin tel que les logiciels l’exportent est pris, avec leurs annotations', () => {
  const exporte = `\ufeff<?xml version="1.0" encoding="UTF-8"?><!-- Fait à la mairie --><svg xmlns="http://www.w3.org/2000/svg"
    xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" xmlns:one="http://www.inkscape.org/one" width="120px" height="60px">
    <inkscape:grid type="xygrid"/><metadata/><defs><linearGradient id="a"><stop offset="0" stop-color="#000"/></linearGradient>
    <clipPath id="b"><rect width="9" height="9"/></clipPath></defs><g clip-path="url(#b)"><rect style="fill:url('#a')" width="9" height="9"/></g></svg>`;
  expect(refusDImage(Buffer.from(exporte))).toBeNull();
});

test('des découpes qui se montrent l’une l’autre deux fois sont refusées', () => {
  const rang = (i: number) =>
    `<clipPath id="c${i}"><path clip-path="url(#c${i + 1})" d="M0 0h9v9z"/><path clip-path="url(#c${i + 1})" d="M0 0h9v9z"/></clipPath>`;
  expect(refusDImage(svg(Array.from({ length: 30 }, (_, i) => rang(i)).join('')))).toMatch(/trop compliqué/);
});

test.each([
  ['de commentaires sans fin', Buffer.from('<!---->'.repeat(150_000))],
  ['de commentaires qui ne mènent à rien', Buffer.from(`${'<!---->'.repeat(80)}x`)],
  ['d’espaces', Buffer.from(`<svg${' '.repeat(1_000_000)}`)],
  ['de chiffres', Buffer.from(`<svg viewBox="${'1'.repeat(500_000)}.${'1'.repeat(500_000)}">`)],
  ['de chevrons', Buffer.from(`<svg>${'<'.repeat(1_000_000)}`)],
  ['de lettres après « on »', Buffer.from(`<svg> on${'o'.repeat(1_000_000)}`)],
  ['de balises imbriquées', svg('<g>'.repeat(100_000) + '</g>'.repeat(100_000))],
])(
  'un fichier fait %s est jugé en moins d’une seconde',
  (_, image) => {
    const debut = Date.now();
    expect(refusDImage(image)).not.toBeNull();
    expect(Date.now() - debut).toBeLessThan(1000);
  },
  5000,
);
