/** Texts as long as people may write them, in any script: the paper is always made. */
import { expect, test } from 'vitest';
import { policesPour } from './polices.ts';
import { composerPdf } from './typst.ts';

const GABARIT = '#let d = json("donnees.json")\n#set document(title: "Essai")\n#set text(lang: "fr", font: "Atkinson Hyperlegible Next")\n#d.t';
const composer = (t: string) => composerPdf(GABARIT, { t }, { date: '2026-01-01' });
const signes = Array.from({ length: 3000 }, (_, i) => String.fromCodePoint(0x4e00 + i * 6)).join('');

test.each([
  ['en arabe, 20 000 signes', 'هذا نص طويل عن الأمن، في المدينة. '.repeat(600)],
  ['en chinois ponctué', '安全城市、我们。'.repeat(1500)],
  ['où deux écritures alternent à chaque mot', '安全 Paris '.repeat(1500)],
  ['où quatre écritures alternent à chaque lettre', '安 a س b ж c ת '.repeat(1200)],
  ['en vietnamien', 'Cuộc họp về an ninh tại trường học và nhà ở '.repeat(400)],
  ['de signes sans dessin', '😀 a '.repeat(3000)],
  ['de trois mille signes chinois différents', signes],
])(
  'un texte %s se compose',
  async (_, texte) => {
    expect((await composer(texte)).subarray(0, 5).toString()).toBe('%PDF-');
  },
  60_000,
);

test('les mêmes signes ne sont découpés qu’une fois, même demandés en même temps', async () => {
  const points = [...'安全城市我们'].map((c) => c.codePointAt(0) ?? 0);
  const [un, deux] = await Promise.all([policesPour(points, '安'), policesPour([...points].reverse(), '全')]);
  expect(un).toBe(deux);
  expect(await policesPour(points, 'ひ')).not.toBe(un);
});
