/** Of the page of an act: what was said in the name of parties and waits for them, or that they deny; then everything that was said. */
import { Details } from '../../../ui/Details.tsx';
import { Section } from '../../../ui/PageHeader.tsx';
import { Table } from '../../../ui/Table.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { pluriel } from '../../../ui/typographie.ts';
import { direParoleDite, surQuelleParole } from '../mots.ts';
import type { ParoleDite } from '../paroles.queries.ts';
import { attendue } from '../paroles.rules.ts';
import type { ConventionPageProps } from './acte.vue.ts';

/** Everybody reads what makes the act: who left, who denounced, what an avenant changes. */
const PUBLICS: readonly ParoleDite['genre'][] = ['retrait', 'avenant', 'denonciation', 'correction'];

export function Paroles(p: ConventionPageProps) {
  const lues = p.paroles.filter((x) => p.travail || PUBLICS.includes(x.genre));
  const attend = (x: ParoleDite) => x.de !== '' && attendue([x.etat]);
  const ouvertes = lues.filter(attend);
  const autres = lues.filter((x) => !attend(x));
  if (lues.length === 0) return null;
  const nom = (x: ParoleDite): string => (x.de ? p.catalogue.nomActeur(x.de) : (p.parties.find((y) => y.id === x.objetId)?.nom ?? 'une partie hors annuaire'));
  const colonnes = (agir: boolean) => [
    {
      cle: 'quoi',
      titre: 'Quoi',
      entete: true,
      cellule: (x: ParoleDite) =>
        // Everybody reads what changes, and not why.
        p.travail || (x.genre !== 'denonciation' && x.genre !== 'correction') ? direParoleDite(x, true) : direParoleDite(x, true).replace(/ : « .*»$/s, ''),
    },
    { cle: 'nom', titre: 'Au nom de', cellule: (x: ParoleDite) => nom(x) },
    {
      cle: 'parole',
      titre: 'Sur quelle parole',
      phrases: true,
      cellule: (x: ParoleDite) => (
        <>
          {x.etat === 'contestee' && <Tag ton="garance">contesté</Tag>}
          {attend(x) && x.etat === 'notee' && <Tag ton="laiton">à confirmer</Tag>}{' '}
          <span className="c-note c-acte__detail">{surQuelleParole(x, p.catalogue, p.travail)}</span>
        </>
      ),
    },
    ...(agir && lues.some((x) => p.repond(x.de || null))
      ? [
          {
            cle: 'agir',
            titre: 'Agir',
            titreMasque: true,
            cellule: (x: ParoleDite) =>
              p.repond(x.de || null) ? (
                <a className="govuk-link" href={`/conventions/${p.acte.id}/paroles/${x.id}`}>
                  {x.etat === 'notee' && p.confirme(x.de || null, x.genre) ? 'Confirmer ou contester' : 'Ouvrir'}
                  <span className="govuk-visually-hidden"> : {direParoleDite(x)}</span>
                </a>
              ) : (
                ''
              ),
          },
        ]
      : []),
  ];
  return (
    <Section titre={ouvertes.length > 0 ? `À confirmer, ou contesté : ${ouvertes.length}` : 'Ce que les parties ont dit'} id="paroles">
      {ouvertes.length > 0 && (
        <Table legende={pluriel(ouvertes.length, 'note')} legendeMasquee dense lignes={ouvertes} cle={(x) => x.id} colonnes={colonnes(true)} />
      )}
      {autres.length > 0 && (
        <Details resume="Ce qui est dit ou confirmé par elles, ou retiré">
          <Table legende="Ce qui est dit ou retiré" legendeMasquee dense lignes={autres} cle={(x) => x.id} colonnes={colonnes(p.travail)} />
        </Details>
      )}
    </Section>
  );
}
