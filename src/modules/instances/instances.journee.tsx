/** What « Ma journée » says of sessions: bodies that should meet, sessions to come or to finish. */
import { auTravail, type Utilisateur } from '../../core/authorize.ts';
import { jourDe } from '../../core/clock.ts';
import { type Db, lireEnsemble } from '../../core/database.ts';
import type { Emplacement } from '../../core/module.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Section } from '../../ui/PageHeader.tsx';
import { Table } from '../../ui/Table.tsx';
import { jourCourt, pluriel } from '../../ui/typographie.ts';
import { type Catalogue, getCatalogue } from '../contrats/index.ts';
import { cadreDe } from './instances.contexte.ts';
import { estSienne, peutTenir, peutVoirInstance } from './instances.policy.ts';
import { type InstanceDeListe, listInstances, listSeancesVives, type Seance } from './instances.queries.ts';
import { CadenceDite } from './pages/CadenceDite.tsx';
import { EtatSeanceTag } from './pages/EnteteSeance.tsx';
import { vueDeLecture } from './suivi/suivi.contexte.ts';
import { type Cadence, cadenceDe } from './instances.rules.ts';

interface Journee {
  /** Bodies that this person keeps, past their cadence or near it, with nothing planned. */
  aReunir: (InstanceDeListe & { cadence: Cadence })[];
  /** Sessions being prepared, convoked, held or reread, that concern this person: kept by them, or where they sit. */
  seances: (Seance & { instance: string; tient: boolean })[];
}

async function getJournee(db: Db, contratId: number, catalogue: Catalogue, u: Utilisateur, aujourdhui: string): Promise<Journee> {
  const { contient } = catalogue;
  const [instances, vives] = await lireEnsemble(db, [
    () => listInstances(db, contratId, { courriel: u.courriel.toLowerCase(), aujourdhui }, vueDeLecture(u, catalogue, aujourdhui)),
    () => listSeancesVives(db, contratId),
  ]);
  const visibles = new Map(instances.filter((i) => peutVoirInstance(u, cadreDe(i), contient)).map((i) => [i.id, i]));
  // The coordination keeps everything: it is told of what it sits in, and of what is late.
  const miennes = (i: InstanceDeListe) => estSienne(u, i, contient);
  return {
    aReunir: [...visibles.values()]
      .filter((i) => peutTenir(u, cadreDe(i), contient) && i.prochaineId === null && i.confidentialite !== 'nommee')
      .map((i) => ({ ...i, cadence: cadenceDe({ ...i, mois: i.cadenceMois }, aujourdhui) }))
      .filter((i) => i.cadence.etat === 'due' || i.cadence.etat === 'jamais' || i.cadence.etat === 'bientot')
      .sort((a, b) => Number(miennes(b)) - Number(miennes(a)) || (a.cadence.limite ?? '').localeCompare(b.cadence.limite ?? '')),
    seances: vives.flatMap((s) => {
      const i = visibles.get(s.instanceId);
      return i && miennes(i) ? [{ ...s, instance: i.nom, tient: peutTenir(u, cadreDe(i), contient) }] : [];
    }),
  };
}

export const seancesEtAReunir: Emplacement<null> = async (c) => {
  const u = c.utilisateur;
  if (!u || !auTravail(u)) return null;
  const journee = await getJournee(c.db, c.contrat.id, await getCatalogue(c.db, c.contrat.id), u, jourDe(c.maintenant));
  return { rang: 20, corps: <JourneeSeances journee={journee} /> };
};

const A_REUNIR = 6;

/** Sessions to prepare, to attend, to finish; bodies that should meet. */
function JourneeSeances({ journee }: { journee: Journee }) {
  const { aReunir, seances } = journee;
  return (
    <>
      <Section
        titre="Vos séances"
        actions={
          <a className="govuk-link" href="/calendrier?qui=moi">
            Votre calendrier
          </a>
        }
      >
        <Table
          legende="Séances à préparer, à tenir ou à clore"
          legendeMasquee
          dense
          lignes={seances.slice(0, 10)}
          cle={(s) => s.id}
          vide={
            <EmptyState titre="Aucune séance en vue" actions={[{ libelle: 'Ouvrir les instances', href: '/instances' }]}>
              Aucune séance de vos instances n’est en préparation, convoquée ou en relecture.
            </EmptyState>
          }
          colonnes={[
            { cle: 'jour', titre: 'Date', cellule: (s) => (s.jour ? jourCourt(s.jour) : 'à choisir') },
            {
              cle: 'titre',
              titre: 'Séance',
              entete: true,
              cellule: (s) => (
                <a className="govuk-link" href={s.tient && s.etat === 'preparation' ? `/seances/${s.id}/preparer` : `/seances/${s.id}`}>
                  {s.titre}
                </a>
              ),
            },
            { cle: 'instance', titre: 'Instance', cellule: (s) => s.instance },
            { cle: 'etat', titre: 'État', cellule: (s) => <EtatSeanceTag etat={s.etat} /> },
          ]}
        />
      </Section>
      {aReunir.length > 0 && (
        <Section
          titre="À réunir"
          actions={
            <a className="govuk-link" href="/instances?etat=a-reunir">
              {aReunir.length > A_REUNIR ? `Les ${aReunir.length} instances à réunir` : 'Toutes les instances à réunir'}
            </a>
          }
        >
          <Table
            legende={pluriel(aReunir.length, 'instance sans séance à venir', 'instances sans séance à venir')}
            dense
            lignes={aReunir.slice(0, A_REUNIR)}
            cle={(i) => i.id}
            colonnes={[
              {
                cle: 'nom',
                titre: 'Instance',
                entete: true,
                cellule: (i) => (
                  <a className="govuk-link" href={`/instances/${i.id}`}>
                    {i.nom}
                  </a>
                ),
              },
              { cle: 'cadence', titre: 'Cadence', cellule: (i) => <CadenceDite cadence={i.cadence} mois={i.cadenceMois} /> },
              {
                cle: 'acte',
                titre: 'Que faire',
                cellule: (i) => (
                  <a className="govuk-link" href={`/instances/${i.id}/seances/nouvelle`}>
                    Préparer une séance<span className="govuk-visually-hidden">, {i.nom}</span>
                  </a>
                ),
              },
            ]}
          />
        </Section>
      )}
    </>
  );
}
