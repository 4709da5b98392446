import { Button } from '../../../../ui/Button.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { Section } from '../../../../ui/PageHeader.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import type { ErreurDeChamp } from '../../../../ui/types.ts';
import { aQuelMoment, duree, jourEtHeure } from '../../../../ui/typographie.ts';
import { champ, type Champs, type Salle } from '../../conduite/salle.ts';
import type { PointListe } from '../points.queries.ts';
import type { Du, Rythme } from '../points.rules.ts';

interface Props {
  salle: Salle;
  points: readonly PointListe[];
  rythme: Rythme;
  du: Du | null;
  champs: Champs;
  erreurs: readonly ErreurDeChamp[];
}

export function PointsPage({ salle: k, points, rythme, du, champs, erreurs }: Props) {
  const f = champ(champs, erreurs);
  const enCours = points.find((p) => p.signeLe === null);
  return (
    <>
      {du && (
        <p className="govuk-body">
          Un point toutes les {rythme.minutes === 60 ? 'heures' : duree(rythme.minutes)}. Le prochain est attendu {aQuelMoment(du.le, k.qui.le)}
          {du.retard > 0 ? (
            <>
              {' '}
              : <Tag ton="garance">En retard de {duree(du.retard)}</Tag>
            </>
          ) : (
            '.'
          )}
        </p>
      )}
      {k.ecrit && !k.fini && (
        <Form action={`/crises/${k.crise.id}/points`}>
          {enCours && (
            <p className="govuk-body">
              Le point n° {enCours.numero}, préparé {aQuelMoment(enCours.redigeLe, k.qui.le)}, n’est pas signé : il se refait jusqu’à maintenant, puis se signe.
            </p>
          )}
          <Button>{enCours ? `Reprendre le point n° ${enCours.numero}` : 'Préparer le point'}</Button>
        </Form>
      )}
      <Section titre="Points de situation">
        <Table
          legende="Points de situation"
          legendeMasquee
          lignes={points}
          cle={(p) => p.id}
          vide={<p className="govuk-body">Aucun point encore.</p>}
          colonnes={[
            {
              cle: 'numero',
              titre: 'Point',
              entete: true,
              cellule: (p) => (
                <a className="govuk-link" href={`/crises/${k.crise.id}/points/${p.id}`}>
                  N° {p.numero}
                </a>
              ),
            },
            { cle: 'du', titre: 'De', cellule: (p) => jourEtHeure(p.du) },
            { cle: 'au', titre: 'À', cellule: (p) => jourEtHeure(p.au) },
            {
              cle: 'etat',
              titre: 'État',
              cellule: (p) => (p.signeLe ? `signé ${aQuelMoment(p.signeLe, k.qui.le)}, ${p.signePar}` : <Tag ton="laiton">À signer</Tag>),
            },
            { cle: 'synthese', titre: 'Synthèse', cellule: (p) => p.synthese },
          ]}
        />
      </Section>
      {k.conduit && !k.fini && (
        <Section titre="Rythme">
          <Form action={`/crises/${k.crise.id}/points/rythme`}>
            <TextInput {...f('minutes', String(rythme.minutes))} libelle="Un point toutes les" suffixe="minutes" inputMode="numeric" largeur={4} />
            <Button variante="secondaire">Changer le rythme</Button>
          </Form>
        </Section>
      )}
    </>
  );
}
