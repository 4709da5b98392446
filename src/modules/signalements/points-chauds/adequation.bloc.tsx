/** Beside the figure of adequacy, which counts followed places alone: where reports of that theme come from, and where operations of that theme went. */
import type { Emplacement } from '../../../core/module.ts';
import { auTravail } from '../../../core/authorize.ts';
import { lireEnsemble } from '../../../core/base/database.ts';
import { Section } from '../../../ui/PageHeader.tsx';
import { Table } from '../../../ui/Table.tsx';
import { nombre, pluriel } from '../../../ui/typographie.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { circuitsConnus } from '../circuits/circuits.ts';
import { THEMES } from '../import/dialecte.rules.ts';
import { countOperations, countParLieuDesGenres } from './chauds.queries.ts';
import { parLieu } from './moyens.rules.ts';

/** Measure of the contract that says whether places under strain have an answer, and the theme that it is about. */
export const ADEQUATION = { mesure: '3.6-12', theme: 'vie-nocturne' } as const;
const LIGNES_MAX = 20;

/** For who works on the contract: a small number by quartier is not everybody's. */
export const adequationDuChiffre: Emplacement<{ mesure: string; territoireId: string; annee: string }> = async (c, { mesure, territoireId, annee }) => {
  if (mesure !== ADEQUATION.mesure || !auTravail(c.utilisateur)) return null;
  const catalogue = await getCatalogue(c.db, c.contrat.id);
  const circuits = [...(circuitsConnus(c.contrat.slug)?.values() ?? [])];
  // What is reserved to services is in none of these counts.
  const genres = circuits.flatMap((k) => k.categories.filter((x) => x.theme === ADEQUATION.theme).map((x) => ({ origine: k.code, categorie: x.code })));
  const { theme } = ADEQUATION;
  const [signalements, operations] = await lireEnsemble(c.db, [
    () => countParLieuDesGenres(c.db, c.contrat.id, { du: `${annee}-01-01`, au: `${annee}-12-01`, genres, theme }),
    () => countOperations(c.db, c.contrat.id, { du: `${annee}-01-01`, apres: `${Number(annee) + 1}-01-01`, theme }),
  ]);
  const ici = (x: { territoireId: string }) => catalogue.contient(territoireId, x.territoireId);
  const lieux = parLieu(catalogue, territoireId, signalements.filter(ici), operations.filter(ici));
  const tout = { signalements: lieux.reduce((n, l) => n + l.signalements, 0), operations: lieux.reduce((n, l) => n + l.operations, 0) };
  const dit = THEMES.find((t) => t.code === theme)?.libelle.toLowerCase() ?? theme;
  const montres = lieux.filter((l) => l.signalements + l.operations > 0).slice(0, LIGNES_MAX);
  const corps = (
    <Section titre="Opérations et signalements, à côté" id="adequation">
      <p className="govuk-body">
        Le chiffre ci-dessus ne lit que le registre des sites. Ici, l’autre lecture : {pluriel(tout.signalements, 'signalement')} et{' '}
        {pluriel(tout.operations, 'opération enregistrée', 'opérations enregistrées')} sur le thème « {dit} » en {annee}. Les patrouilles ordinaires, les moyens
        et la durée d’une opération n’y sont pas ; « à regarder » ne se dit que d’un écart plus grand que le hasard.
      </p>
      {montres.length > 0 && (
        <Table
          legende={`Signalements et opérations sur le thème « ${dit} », ${annee}`}
          legendeMasquee
          dense
          colonnes={[
            { cle: 'lieu', titre: 'Lieu', entete: true, cellule: (l) => l.nom },
            { cle: 'signalements', titre: 'Signalements', numerique: true, cellule: (l) => nombre(l.signalements) },
            { cle: 'operations', titre: 'Opérations', numerique: true, cellule: (l) => nombre(l.operations) },
            { cle: 'ecart', titre: 'À regarder', cellule: (l) => l.dit },
          ]}
          lignes={montres}
          cle={(l) => l.id}
        />
      )}
      <p className="govuk-body">
        <a className="govuk-link" href={`/signalements/points-chauds/moyens?${new URLSearchParams({ territoire: territoireId, periode: '12' })}`}>
          Tous les signalements et toutes les opérations, par lieu, jour et heure
        </a>
      </p>
    </Section>
  );
  return { rang: 40, corps };
};
