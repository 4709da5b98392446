/** What « Ma journée » says of sessions: those to prepare, to attend or to finish. */
import { auTravail, type Utilisateur } from '../../core/authorize.ts';
import { jourDe } from '../../core/clock.ts';
import type { Db } from '../../core/base/database.ts';
import type { Emplacement } from '../../core/module.ts';
import { Section } from '../../ui/PageHeader.tsx';
import { Table } from '../../ui/Table.tsx';
import { jour, jourCourt } from '../../ui/typographie.ts';
import { type Catalogue, getCatalogue } from '../contrats/index.ts';
import { cadreDe, estSienne, EtatSeanceTag, listInstances, peutLireSeances, peutTenir, pourSeance, vueDeLecture } from '../instances/index.ts';
import { direPortee } from './portee.rules.ts';
import { type Comptes, countPortees, listSeancesVives, type Seance } from './seances.queries.ts';

/** `tient`: kept by this person. */
type SeanceDuJour = Seance & { instance: string; tient: boolean; portee: Comptes | undefined };

/** Being prepared, convoked, held or reread: those of bodies where this person sits or that are of their place, and that they may open. */
async function listMesSeances(db: Db, contratId: number, catalogue: Catalogue, u: Utilisateur, aujourdhui: string): Promise<SeanceDuJour[]> {
  const { contient } = catalogue;
  const instances = await listInstances(db, contratId, { courriel: u.courriel.toLowerCase(), aujourdhui }, vueDeLecture(u, catalogue, aujourdhui));
  const parId = new Map(instances.filter((i) => estSienne(u, i, contient)).map((i) => [i.id, i]));
  const vives = await listSeancesVives(db, contratId, [...parId.keys()]);
  const portees = await countPortees(
    db,
    contratId,
    vives.map((s) => s.id),
  );
  return vives.flatMap((s) => {
    const i = parId.get(s.instanceId);
    const cadre = i && cadreDe(pourSeance(i, s));
    if (!i || !cadre || !peutLireSeances(u, cadre, contient)) return [];
    return [{ ...s, instance: i.nom, tient: peutTenir(u, cadre, contient), portee: portees.get(s.id) }];
  });
}

export const mesSeances: Emplacement<null> = async (c) => {
  const u = c.utilisateur;
  if (!u || !auTravail(u)) return null;
  const aujourdhui = jourDe(c.maintenant);
  const seances = await listMesSeances(c.db, c.contrat.id, await getCatalogue(c.db, c.contrat.id), u, aujourdhui);
  return { rang: 20, corps: <JourneeSeances seances={seances} aujourdhui={aujourdhui} /> };
};

/** Sessions to prepare, to attend, to finish. */
function JourneeSeances({ seances, aujourdhui }: { seances: readonly SeanceDuJour[]; aujourdhui: string }) {
  // Whoever keeps it has its own page; the others come to it with one sheet.
  const prochaine = seances.filter((s) => !s.tient && s.jour !== null && s.jour >= aujourdhui).sort((a, b) => (a.jour ?? '').localeCompare(b.jour ?? ''))[0];
  return (
    <Section
      titre="Vos séances"
      actions={
        <a className="govuk-link" href="/calendrier?qui=moi">
          Votre calendrier
        </a>
      }
    >
      {prochaine && (
        <p className="govuk-body">
          À lire avant le {jour(prochaine.jour ?? '')}&nbsp;:{' '}
          <a className="govuk-link" href={`/seances/${prochaine.id}?vue=note`}>
            la note de séance, {prochaine.titre}
          </a>{' '}
          (à imprimer).
        </p>
      )}
      <Table
        legende="Séances à préparer, à tenir ou à clore"
        legendeMasquee
        dense
        lignes={seances.slice(0, 10)}
        cle={(s) => s.id}
        vide={
          <p className="govuk-body">
            Aucune séance de vos instances n’est en préparation, convoquée ou en relecture.{' '}
            <a className="govuk-link" href="/instances">
              Ouvrir les instances
            </a>
          </p>
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
          {
            cle: 'etat',
            titre: 'État',
            cellule: (s) => (
              <>
                <EtatSeanceTag etat={s.etat} />
                {s.tient && s.portee && s.etat === 'convoquee' && s.portee.sansAdresse + s.portee.vacants > 0 && (
                  <a className="govuk-link c-note" href={`/seances/${s.id}#convocation`}>
                    {' '}
                    envoyée {direPortee(s.portee)}
                  </a>
                )}
              </>
            ),
          },
        ]}
      />
    </Section>
  );
}
