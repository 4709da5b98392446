import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { InsetText } from '../../../../ui/InsetText.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { nombre, pluriel, pourcents } from '../../../../ui/typographie.ts';
import type { Biais, Demandee } from '../chauds.ts';
import { direSelection } from '../chauds.ts';
import type { Circuits } from '../../circuits/circuits.ts';
import { direPeriode } from '../periode.rules.ts';
import type { DuJour, DuLieu } from '../moyens.rules.ts';
import { BiaisNote } from './BiaisNote.tsx';

export interface MoyensPageProps {
  d: Demandee;
  circuits: Circuits;
  biais: Biais;
  lieux: readonly DuLieu[];
  jours: readonly DuJour[];
  /** By part of the day, in the order of hours; the last one was not said. */
  heures: readonly { cle: string; libelle: string; nombre: number }[];
  retour: string;
  mesure: { href: string; libelle: string } | null;
}

const part = (n: number, total: number): string => (total < 20 ? nombre(n) : pourcents((100 * n) / total));
const total = (x: readonly { signalements: number; operations: number }[]) => ({
  signalements: x.reduce((n, l) => n + l.signalements, 0),
  operations: x.reduce((n, l) => n + l.operations, 0),
});

/** Where and when operations go, beside where and when reports come from: two parts of a whole, never a rate of success. */
export function MoyensPage(p: MoyensPageProps) {
  const tout = total(p.lieux);
  const deJours = total(p.jours);
  return (
    <>
      <PageHeader
        titre="Opérations et signalements"
        surtitre={p.d.lieu.nom || p.d.catalogue.racine.nom}
        chapo={`${direSelection(p.d, p.circuits)}, ${direPeriode(p.d.periode)} : ${pluriel(tout.signalements, 'signalement')} et ${pluriel(tout.operations, 'opération réalisée', 'opérations réalisées')}.`}
      />
      <InsetText>
        Comptés : les signalements choisis ci-dessus, et toutes les opérations réalisées du registre, quel que soit leur objet. Laissés de côté : les
        signalements réservés à leurs services, les patrouilles ordinaires, la durée et les moyens d’une opération. Une part d’opérations plus petite que la
        part de signalements est une question à poser, pas une faute.
      </InsetText>
      <BiaisNote catalogue={p.d.catalogue} biais={p.biais} />
      <Section titre="Où">
        <Table
          legende="Parts des signalements et des opérations, par lieu"
          legendeMasquee
          dense
          forme="defile"
          colonnes={[
            { cle: 'lieu', titre: 'Lieu', entete: true, cellule: (l) => l.nom },
            { cle: 'signalements', titre: 'Signalements', numerique: true, cellule: (l) => nombre(l.signalements) },
            { cle: 'part', titre: 'Part', numerique: true, cellule: (l) => part(l.signalements, tout.signalements) },
            { cle: 'operations', titre: 'Opérations', numerique: true, cellule: (l) => nombre(l.operations) },
            { cle: 'part-operations', titre: 'Part', numerique: true, cellule: (l) => part(l.operations, tout.operations) },
            { cle: 'ecart', titre: 'À regarder', cellule: (l) => l.dit },
          ]}
          lignes={p.lieux}
          cle={(l) => l.id}
          pied={['Ensemble', nombre(tout.signalements), '', nombre(tout.operations), '', '']}
        />
      </Section>
      <Section titre="Quand">
        <Table
          legende="Parts des signalements et des opérations, par jour de la semaine"
          legendeMasquee
          dense
          forme="defile"
          colonnes={[
            { cle: 'jour', titre: 'Jour', entete: true, cellule: (j) => j.nom },
            { cle: 'signalements', titre: 'Signalements situés', numerique: true, cellule: (j) => nombre(j.signalements) },
            { cle: 'part', titre: 'Part', numerique: true, cellule: (j) => part(j.signalements, deJours.signalements) },
            { cle: 'operations', titre: 'Opérations', numerique: true, cellule: (j) => nombre(j.operations) },
            { cle: 'part-operations', titre: 'Part', numerique: true, cellule: (j) => part(j.operations, deJours.operations) },
          ]}
          lignes={p.jours}
          cle={(j) => j.nom}
        />
        {deJours.signalements === 0 ? (
          <p className="govuk-body">Aucun signalement de la période n’a de point : ni leur jour ni leur heure ne se comparent.</p>
        ) : (
          <Table
            legende="Signalements par heures ; le registre des opérations n’a pas d’heure qui se compte"
            dense
            colonnes={[
              { cle: 'heures', titre: 'Heures', entete: true, cellule: (h) => h.libelle },
              { cle: 'nombre', titre: 'Signalements situés', numerique: true, cellule: (h) => nombre(h.nombre) },
            ]}
            lignes={p.heures}
            cle={(h) => h.cle}
          />
        )}
      </Section>
      <p className="govuk-body">
        <a className="govuk-link" href={p.retour}>
          Les points chauds
        </a>
        {p.mesure && (
          <>
            {' '}
            ·{' '}
            <a className="govuk-link" href={p.mesure.href}>
              {p.mesure.libelle}
            </a>
          </>
        )}
      </p>
    </>
  );
}
