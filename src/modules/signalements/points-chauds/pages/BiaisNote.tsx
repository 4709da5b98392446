import { Details } from '../../../../ui/Details.tsx';
import { enumerer, nombre, pluriel, pourcentDit, pourcents } from '../../../../ui/typographie.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import { canauxDe } from '../../signalements.source.ts';
import type { Biais } from '../chauds.ts';
import type { DeCanal } from '../chauds.queries.ts';

const CANAUX: Readonly<Record<string, string>> = { web: 'formulaire public', partenaire: 'partenaires', mail: 'courriel' };
/** Fewer, and numbers are said instead of parts of a hundred. */
const POUR_CENT_MIN = 20;

function direCanaux(cat: Catalogue, canaux: readonly DeCanal[]): string {
  const total = canaux.reduce((n, x) => n + x.nombre, 0);
  if (total === 0) return 'aucun signalement';
  const nom = (code: string) => CANAUX[code] ?? canauxDe(cat).find((x) => x.code === code)?.libelle ?? code;
  return enumerer(canaux.map((x) => `${nom(x.canal)} ${total < POUR_CENT_MIN ? nombre(x.nombre) : pourcents(pourcentDit(x.nombre, total))}`));
}

/** Lines of the note: the same on the page and on paper. */
export const lignesDeBiais = (cat: Catalogue, b: Biais): string[] => [
  'On compte ce qui est signalé, non ce qui arrive : un lieu où l’on signale peu peut être gêné, un lieu où l’on signale beaucoup peut l’être moins qu’un autre.',
  `Par quel canal : ${direCanaux(cat, b.canaux)} (${b.periode}) ; ${direCanaux(cat, b.canauxAvant)} (${b.avant}). Un canal qui ouvre, ferme ou commence à être importé change les nombres à lui seul.`,
  `Campagnes d’information enregistrées ici : ${pluriel(b.campagnes, 'campagne')} (${b.periode}), ${pluriel(b.campagnesAvant, 'campagne')} (${b.avant}). Elles font signaler davantage.`,
  b.habitants === null
    ? 'La population de ce territoire n’est pas connue : les nombres ne lui sont pas rapportés.'
    : `${nombre(b.habitants)} habitants au recensement, sans ceux qui y travaillent, y passent ou y sortent : les nombres ne leur sont pas rapportés.`,
];

export const BiaisNote = ({ catalogue, biais }: { catalogue: Catalogue; biais: Biais }) => (
  <Details resume="Avant de comparer : ce que ces nombres ne disent pas">
    <ul className="govuk-list govuk-list--bullet">
      {lignesDeBiais(catalogue, biais).map((l) => (
        <li key={l}>{l}</li>
      ))}
    </ul>
  </Details>
);
