/** On the page of a body that the contract names: the thread of its place, or what schools report, in numbers. */
import type { Contexte } from '../../../core/http/http.ts';
import type { Emplacement } from '../../../core/module.ts';
import { lireEnsemble } from '../../../core/base/database.ts';
import { jourDe } from '../../../core/clock.ts';
import { Section } from '../../../ui/PageHeader.tsx';
import { Table } from '../../../ui/Table.tsx';
import { jour, nombre } from '../../../ui/typographie.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { plusJours } from '../../echeances/index.ts';
import type { InstanceMontree } from '../../instances/index.ts';
import { type CompteDeRemontees, compterRemontees } from '../../signalements/index.ts';
import { CHEMIN_DU_FIL } from './veille.routes.tsx';
import { libelleDe, veilleServie } from './veille.donnees.ts';
import { peutLireLeFil } from './veille.policy.ts';
import { listFil, listSignaux } from './veille.queries.ts';
import { direTendance, FENETRE, tendanceDe } from './veille.rules.ts';
import type { Veille } from './veille.schema.ts';

const DERNIERS = 5;

export const veilleDeLInstance: Emplacement<InstanceMontree> = async (c, i) => {
  const v = veilleServie(c.contrat.slug);
  const montre = v?.instances.find((x) => x.type === i.type);
  if (!v || !montre || !i.lit) return null;
  return montre.montre === 'fil' ? fil(c, v, i) : remontees(c, montre.circuits);
};

async function fil(c: Contexte, v: Veille, i: InstanceMontree) {
  const catalogue = await getCatalogue(c.db, c.contrat.id);
  const aujourdhui = jourDe(c.maintenant);
  const depuis = plusJours(aujourdhui, 1 - 2 * FENETRE);
  const territoires = catalogue.descendants(i.territoireId);
  const [dernieres, signaux] = await lireEnsemble(c.db, [
    () => listFil(c.db, c.contrat.id, v, { territoires, depuis, nature: '', retirees: false }, { n: 1, par: DERNIERS }),
    () => listSignaux(c.db, c.contrat.id, v, depuis, territoires),
  ]);
  const lit = peutLireLeFil(c.utilisateur, v, catalogue, i.territoireId, catalogue.contient);
  return {
    rang: 10,
    corps: (
      <Section titre="Fil des tensions" id="tensions">
        <p className="govuk-body">{direTendance(tendanceDe(signaux, aujourdhui))}.</p>
        {dernieres.lignes.length > 0 && (
          <ul className="govuk-list govuk-list--bullet">
            {dernieres.lignes.map((l) => (
              <li key={l.id}>
                {jour(l.jour)}, {catalogue.territoires.get(l.territoireId)?.nom ?? l.territoireId} : {libelleDe(v.natures, l.nature)},{' '}
                {libelleDe(v.lieux, l.lieu)}
              </li>
            ))}
          </ul>
        )}
        {lit && (
          <p className="govuk-body">
            <a className="govuk-link" href={`${CHEMIN_DU_FIL}?territoire=${i.territoireId}`}>
              Lire et écrire le fil
            </a>
          </p>
        )}
      </Section>
    ),
  };
}

async function remontees(c: Contexte, circuits: readonly string[]) {
  const aujourdhui = jourDe(c.maintenant);
  const depuis = plusJours(aujourdhui, 1 - FENETRE);
  const comptes = await compterRemontees(c.db, c.contrat.id, circuits, depuis, plusJours(depuis, -FENETRE));
  return {
    rang: 10,
    corps: (
      <Section titre="Remontées des établissements" id="remontees">
        <p className="govuk-body">En nombres seulement : ni établissement, ni élève.</p>
        <Table<CompteDeRemontees>
          legende="Remontées des établissements, par objet"
          legendeMasquee
          dense
          vide={<p className="govuk-body">Aucune remontée depuis huit semaines.</p>}
          colonnes={[
            { cle: 'objet', titre: 'Objet', entete: true, cellule: (x) => x.titre },
            { cle: 'recentes', titre: 'Quatre semaines', numerique: true, cellule: (x) => nombre(x.recentes) },
            { cle: 'avant', titre: 'Les quatre d’avant', numerique: true, cellule: (x) => nombre(x.avant) },
          ]}
          lignes={comptes}
          cle={(x) => `${x.circuit} ${x.categorie}`}
        />
      </Section>
    ),
  };
}
