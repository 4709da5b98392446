import { Button, LinkButton } from '../../../../ui/Button.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { Section } from '../../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../../ui/SummaryList.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { aQuelMoment, jourEtHeure, nombre, surTotal } from '../../../../ui/typographie.ts';
import type { Salle } from '../../conduite/salle.ts';
import type { Entite } from '../../crises.schema.ts';
import type { TachePointee } from '../../roles/taches.queries.ts';
import { court, type GenreDeCentre, type Soutien } from '../../soutien.schema.ts';
import type { Centre } from '../centres.queries.ts';
import type { Bilan } from '../comptage.rules.ts';
import { ETATS_DE_CENTRE, Personnes } from './CentresPage.tsx';

interface Props {
  salle: Salle;
  soutien: Soutien;
  centre: Centre;
  genre: GenreDeCentre | undefined;
  bilan: Bilan;
  ouvre: boolean;
  entites: readonly Entite[];
  taches: readonly TachePointee[];
}

export function CentrePage(p: Props) {
  const { salle: k, soutien, centre: c, bilan, genre } = p;
  const base = `/crises/${k.crise.id}/centres/${c.id}`;
  return (
    <>
      <SummaryList
        lignes={[
          { cle: 'Genre', valeur: genre ? `${genre.libelle}${genre.sigle ? ` (${court(genre)})` : ''}. ${genre.sens}` : c.genre },
          { cle: 'État', valeur: direEtat(c) },
          { cle: 'Adresse', valeur: `${c.adresse}, ${k.cat.territoires.get(c.territoireId)?.nom ?? c.territoireId}` },
          { cle: 'Présents', valeur: `${surTotal(bilan.presentes, c.capacite)}${bilan.presentes > c.capacite ? ', au-delà de la capacité' : ''}` },
          { cle: 'Accueillis', valeur: `${nombre(bilan.accueillies)}, dont ${nombre(bilan.departs)} repartis` },
        ]}
      />
      <div className="cr-gestes">
        {k.ecrit && c.etat === 'ouvert' && <LinkButton href={`${base}/guichet`}>Compter à un guichet</LinkButton>}
        {p.ouvre && (
          <Form action={`${base}/etat`} masques={{ de: c.etat, vers: c.etat === 'ouvert' ? 'ferme' : 'ouvert' }}>
            <Button variante={c.etat === 'ouvert' ? 'secondaire' : 'principal'}>
              {c.etat === 'ouvert' ? 'Fermer' : c.etat === 'ferme' ? 'Rouvrir' : 'Ouvrir'}
            </Button>
          </Form>
        )}
      </div>
      <Section titre="Personnes">
        <Personnes soutien={soutien} bilan={bilan} />
      </Section>
      <Section titre="Besoins">
        <Table
          legende="Besoins, en nombre"
          legendeMasquee
          lignes={soutien.besoins}
          cle={(b) => b.code}
          colonnes={[
            { cle: 'besoin', titre: 'Besoin', entete: true, cellule: (b) => b.libelle },
            { cle: 'nombre', titre: 'Nombre', numerique: true, cellule: (b) => nombre(bilan.besoins.get(b.code) ?? 0) },
          ]}
        />
      </Section>
      {p.entites.length > 0 && (
        <Section titre="Tâches par direction">
          <p className="govuk-body">
            Les mêmes pour tous les centres de la crise. Elles se pointent depuis{' '}
            <a className="govuk-link" href={`/crises/${k.crise.id}/taches`}>
              les rôles
            </a>
            .
          </p>
          <Table
            legende="Tâches par direction"
            legendeMasquee
            lignes={p.entites.flatMap((e) =>
              e.taches.map((t) => ({ e, t, faite: p.taches.find((x) => x.entite === e.code && x.tache === t.code && x.faiteLe) })),
            )}
            cle={(x) => `${x.e.code}-${x.t.code}`}
            colonnes={[
              { cle: 'qui', titre: 'Direction', cellule: (x) => x.e.libelle },
              { cle: 'tache', titre: 'Tâche', entete: true, cellule: (x) => x.t.libelle },
              { cle: 'faite', titre: 'Faite', cellule: (x) => (x.faite?.faiteLe ? `${aQuelMoment(x.faite.faiteLe, k.qui.le)}, ${x.faite.par}` : 'à faire') },
            ]}
          />
        </Section>
      )}
    </>
  );
}
const direEtat = (c: Centre): string => {
  if (c.fermeLe) return `Fermé le ${jourEtHeure(c.fermeLe)}${c.ouvertLe ? `, ouvert le ${jourEtHeure(c.ouvertLe)}` : ''}`;
  return c.ouvertLe ? `Ouvert depuis le ${jourEtHeure(c.ouvertLe)}` : ETATS_DE_CENTRE[c.etat].libelle;
};
