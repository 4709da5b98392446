import { Button } from '../../../ui/Button.tsx';
import { Form } from '../../../ui/Form.tsx';
import { Section } from '../../../ui/PageHeader.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { jourEtHeure, surTotal } from '../../../ui/typographie.ts';
import type { Chargee } from '../crises.contexte.ts';
import type { Entite } from '../crises.schema.ts';
import type { TachePointee } from '../roles/taches.queries.ts';
import { Salle } from './CriseTete.tsx';
import { versEntree } from './Entrees.tsx';

interface Props {
  k: Chargee;
  pointees: readonly TachePointee[];
  /** Entities whose tasks this person stamps. */
  pointables: ReadonlySet<string>;
  /** Entities under which their organisation is named. */
  siennes: ReadonlySet<string>;
}

export function TachesPage(p: Props) {
  const rang = (e: Entite) => (p.siennes.has(e.code) ? 0 : p.k.acteurs.some((a) => a.entite === e.code) ? 1 : 2);
  const entites = p.k.entites.filter((e) => e.taches.length > 0).sort((a, b) => rang(a) - rang(b));
  return (
    <Salle k={p.k} ici="taches">
      {entites.map((e) => (
        <Taches key={e.code} {...p} e={e} />
      ))}
    </Salle>
  );
}

function Taches({ k, pointees, pointables, siennes, e }: Props & { e: Entite }) {
  const de = (tache: string) => pointees.find((t) => t.entite === e.code && t.tache === tache);
  const faites = e.taches.filter((t) => de(t.code)?.faiteLe).length;
  const la = k.acteurs.filter((a) => a.entite === e.code).map((a) => k.cat.nomActeurA(a.organisationId, a.territoireId));
  return (
    <Section titre={`${e.libelle}${siennes.has(e.code) ? ' (votre rôle)' : ''}`}>
      <p className="govuk-body">
        {e.role}. {surTotal(faites, e.taches.length)} faites. {la.length > 0 ? `Dans la salle : ${la.join(', ')}.` : 'Personne n’est nommé sous ce rôle.'}
      </p>
      <ul className="govuk-list c-pointages">
        {e.taches.map((t) => {
          const fait = de(t.code);
          return (
            <li key={t.code} id={`t-${e.code}-${t.code}`} className="c-pointages__une">
              <span className="c-pointages__quoi">
                {fait?.faiteLe ? <Tag ton="vert">Faite</Tag> : <Tag>À faire</Tag>} {t.libelle}
                {fait?.faiteLe && (
                  <span className="c-entree__auteur">
                    {jourEtHeure(fait.faiteLe)}, {fait.par}, {k.cat.nomActeur(fait.organisationId)} (
                    <a className="govuk-link" href={versEntree(k.crise.id, fait.numero)}>
                      n° {fait.numero}
                    </a>
                    )
                  </span>
                )}
              </span>
              {pointables.has(e.code) && (
                <Form action={`/crises/${k.crise.id}/taches/${e.code}/${t.code}`} masques={{ faite: fait?.faiteLe ? 'non' : 'oui' }}>
                  <Button petit variante={fait?.faiteLe ? 'discret' : 'secondaire'}>
                    {fait?.faiteLe ? 'Pointée par erreur' : 'C’est fait'}
                    <span className="govuk-visually-hidden"> : {t.libelle}</span>
                  </Button>
                </Form>
              )}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
