import { masquesDeVersion } from '../../../../core/http/versions.ts';
import { Button } from '../../../../ui/Button.tsx';
import { Radios } from '../../../../ui/Choices.tsx';
import { DateInput } from '../../../../ui/DateInput.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { InsetText } from '../../../../ui/InsetText.tsx';
import { NotificationBanner } from '../../../../ui/NotificationBanner.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../../ui/SummaryList.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { jour, jourEtHeure, nombre } from '../../../../ui/typographie.ts';
import { champsDeDemande } from '../demandes.formulaires.ts';
import type { Demande, VersionDemande } from '../demandes.queries.ts';
import { echeanceDe, ETATS, estClose, MOYENS, NATURES, TRANSITIONS } from '../demandes.rules.ts';
import { Echeance, EtatTag } from './Echeance.tsx';
import { Onglets } from './Onglets.tsx';

export interface DemandePageProps {
  demande: Demande;
  versions: readonly VersionDemande[];
  aujourdhui: string;
  /** What was typed and not saved. */
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
  conflit: string | null;
}

export function DemandePage(p: DemandePageProps) {
  const d = p.demande;
  const n = NATURES[d.nature];
  const perdus = [p.champs.reponse, p.champs.motif].filter((t): t is string => !!t);
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      {p.conflit && <NotificationBanner ton="alerte">{p.conflit}</NotificationBanner>}
      <Onglets ici="/dpo/demandes" />
      <PageHeader titre={`Demande : ${n.libelle.toLowerCase()}`} surtitre={`RGPD, ${n.article}`} etiquette={<EtatTag etat={d.etat} />} />
      <SummaryList
        lignes={[
          { cle: 'Demandeur', valeur: d.demandeur ?? `anonymisé le ${jourEtHeure(d.anonymiseeLe ?? d.modifieLe)}` },
          { cle: 'Reçue', valeur: `${jour(d.recueLe)}, ${MOYENS[d.moyen].toLowerCase()}` },
          { cle: 'Objet', valeur: d.objet || 'effacé' },
          { cle: 'Échéance', valeur: <Echeance echeance={d.echeance} etat={d.etat} aujourdhui={p.aujourdhui} /> },
          ...(d.reponse ? [{ cle: 'Réponse', valeur: d.reponse }] : []),
          ...(d.motif ? [{ cle: 'Motif', valeur: d.motif }] : []),
          ...(d.repondueLe ? [{ cle: 'Close le', valeur: jour(d.repondueLe) }] : []),
        ]}
      />
      {estClose(d.etat) ? (
        <>
          <InsetText>Cette demande est close. Si la personne revient, enregistrez une nouvelle demande.</InsetText>
          {perdus.length > 0 && (
            <Section titre="Ce que vous aviez écrit">
              {perdus.map((t) => (
                <p key={t} className="govuk-body">
                  {t}
                </p>
              ))}
            </Section>
          )}
        </>
      ) : (
        <Suite {...p} />
      )}
      <Section titre="Historique">
        <Table
          legende="Versions de cette demande, la plus récente d’abord"
          legendeMasquee
          lignes={p.versions}
          cle={(v) => String(v.version)}
          colonnes={[
            { cle: 'version', titre: 'Version', numerique: true, cellule: (v) => nombre(v.version) },
            { cle: 'etat', titre: 'État', entete: true, cellule: (v) => ETATS[v.etat] },
            { cle: 'quand', titre: 'Quand', cellule: (v) => jourEtHeure(v.modifieLe) },
            { cle: 'par', titre: 'Par', cellule: (v) => v.par ?? 'compte supprimé' },
            { cle: 'echeance', titre: 'Échéance', cellule: (v) => jour(v.echeance) },
            { cle: 'texte', titre: 'Réponse ou motif', cellule: (v) => [v.reponse, v.motif].filter(Boolean).join(' · ') || 'aucun' },
          ]}
        />
      </Section>
    </>
  );
}

function Suite({ demande: d, champs, erreurs, conflit, aujourdhui }: DemandePageProps) {
  // Past the first month it can no longer be extended: no use offering it.
  const offertes = TRANSITIONS[d.etat].filter((t) => t.vers !== 'prolongee' || aujourdhui <= echeanceDe(d.recueLe, false));
  return (
    <Section titre="Donner suite">
      <Form action={`/dpo/demandes/${d.id}`} masques={masquesDeVersion({ version: d.version, champs: champsDeDemande(d) }, conflit ? {} : champs)}>
        <Radios
          nom="etat"
          legende="Que faites-vous de cette demande ?"
          valeur={champs.etat ?? ''}
          erreur={erreurDe(erreurs, 'etat')}
          options={offertes.map((t) => ({
            valeur: t.vers,
            libelle: t.acte,
            aide: t.vers === 'prolongee' ? `${t.aide} L’échéance passerait au ${jour(echeanceDe(d.recueLe, true))}.` : t.aide,
          }))}
        />
        <Textarea
          nom="reponse"
          libelle="Réponse"
          aide="Pour répondre : ce qui a été dit et fait."
          valeur={champs.reponse ?? ''}
          erreur={erreurDe(erreurs, 'reponse')}
          lignes={4}
          max={10_000}
          facultatif
        />
        <Textarea
          nom="motif"
          libelle="Motif"
          aide="Pour prolonger ou refuser."
          valeur={champs.motif ?? ''}
          erreur={erreurDe(erreurs, 'motif')}
          lignes={3}
          max={4000}
          facultatif
        />
        <DateInput
          nom="repondue_le"
          libelle="Date de la réponse ou du refus"
          aide="Laissez vide pour aujourd’hui."
          valeur={champs.repondue_le ?? ''}
          erreur={erreurDe(erreurs, 'repondue_le')}
          min={d.recueLe}
          max={aujourdhui}
          facultatif
        />
        <Button>Enregistrer</Button>
      </Form>
    </Section>
  );
}
