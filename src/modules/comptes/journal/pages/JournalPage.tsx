import { ButtonGroup, LinkButton } from '../../../../ui/Button.tsx';
import { DateInput } from '../../../../ui/DateInput.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { FilterLayout, FilterPanel } from '../../../../ui/FilterPanel.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { jourEtHeure, nombre } from '../../../../ui/typographie.ts';
import type { Sceau } from '../chaine.rules.ts';
import type { EntreeLue, FiltresJournal } from '../journal.queries.ts';

const ACTES: Record<string, string> = {
  'acces.fermes': 'accès fermés partout',
  'acces.refuse': 'accès refusé',
  'activite.corrigee': 'enregistrement corrigé',
  'activite.creee': 'enregistrement créé',
  'activite.retablie': 'enregistrement rétabli',
  'activite.retiree': 'enregistrement retiré',
  'audit.purge': 'journal purgé',
  'bilan.demande': 'bilan demandé',
  'calendrier.flux_cree': 'adresse de calendrier créée',
  'calendrier.flux_revoque': 'adresse de calendrier révoquée',
  'codes.renouveles': 'codes de secours renouvelés',
  'compte.alerte': 'titulaire prévenu d’essais manqués',
  'compte.cree': 'compte créé',
  'compte.ferme': 'compte fermé',
  'compte.gestionnaire': 'gestion des comptes confiée ou retirée',
  'confirmation.refusee': 'confirmation refusée',
  'courriels.relances': 'courriels relancés',
  'decision.corrigee': 'décision corrigée en séance',
  'decision.creee': 'décision écrite',
  'decision.echeance': 'échéances de décisions changées',
  'decision.modifiee': 'décision modifiée',
  'decision.rappels': 'rappels de décisions envoyés',
  'decision.relancee': 'décisions relancées',
  'decision.retiree': 'décision retirée en séance',
  'decision.suivie': 'décision suivie',
  'demande_droits.changee': 'demande de droits suivie',
  'demande_droits.creee': 'demande de droits reçue',
  'demonstration.quittee': 'démonstration quittée',
  'demonstration.retiree': 'comptes de la démonstration fermés',
  'import.demande': 'import demandé',
  'instance.close': 'instance close',
  'instance.confidentialite': 'confidentialité d’une instance changée',
  'instance.creee': 'instance créée',
  'instance.demande': 'point demandé par un membre',
  'instance.demande_ecartee': 'point demandé écarté',
  'instance.membre_ajoute': 'membre ajouté à une instance',
  'instance.membre_modifie': 'membre d’une instance modifié',
  'instance.modifiee': 'instance modifiée',
  'invitation.annulee': 'invitation annulée',
  'invitation.envoyee': 'invitation envoyée',
  'jeton.cree': 'jeton créé',
  'jeton.revoque': 'jeton révoqué',
  'liste.etendue': 'liste complétée',
  'lot.annule': 'import annulé',
  'lot.publie': 'import publié',
  'mandat.accorde': 'mandat accordé',
  'mandat.delegue': 'mandat délégué',
  'mandat.termine': 'mandat terminé',
  'mot_de_passe.change': 'mot de passe changé',
  'mot_de_passe.demande': 'mot de passe demandé',
  'objet.lu': 'consulté',
  'organisation.fermee': 'organisation fermée',
  'organisation.siret': 'SIRET enregistré',
  'proposition.confirmee': 'acte à deux confirmé',
  'proposition.creee': 'acte à deux proposé',
  'proposition.refusee': 'acte à deux refusé',
  'proposition.retiree': 'proposition retirée',
  'purge.faite': 'purge',
  'purge.simulee': 'purge simulée',
  'releve.documents_redemandes': 'documents d’un relevé redemandés',
  'releve.publie': 'relevé publié',
  'releve.retire': 'relevé retiré du public',
  'seance.amendee': 'amendement proposé',
  'seance.amendement_ecarte': 'amendement écarté',
  'seance.amendement_retenu': 'amendement retenu',
  'seance.annulee': 'séance annulée',
  'seance.approbation_recue': 'approbation reçue enregistrée',
  'seance.approuvee': 'relevé approuvé',
  'seance.confidentialite': 'confidentialité d’une séance changée',
  'seance.convoquee': 'séance convoquée',
  'seance.creee': 'séance créée',
  'seance.date_choisie': 'date de séance choisie',
  'seance.declaree': 'réunion déclarée',
  'seance.deplacee': 'séance déplacée',
  'seance.disponibilites': 'disponibilités données',
  'seance.document_ajoute': 'document de séance ajouté',
  'seance.document_retire': 'document de séance retiré',
  'seance.figee': 'relevé arrêté',
  'seance.levee': 'séance levée',
  'seance.modifiee': 'séance modifiée',
  'seance.notes': 'notes de séance écrites',
  'seance.ordre_du_jour': 'ordre du jour modifié',
  'seance.ouverte': 'séance ouverte',
  'seance.point_ajoute': 'point ajouté en séance',
  'seance.point_modifie': 'point de séance modifié',
  'seance.point_retire': 'point de séance retiré',
  'seance.presences': 'présences notées',
  'seance.rappel': 'rappels de séance envoyés',
  'seance.rectifiee': 'rectificatif ouvert',
  'seance.relecture_close': 'relecture close',
  'seance.relecture_prolongee': 'relecture prolongée',
  'seance.reponse': 'réponse à une convocation',
  'seance.texte_corrige': 'texte du relevé corrigé',
  'seance.vote': 'vote noté',
  'seance.vote_retire': 'vote retiré',
  'second_facteur.pose': 'second facteur posé',
  'second_facteur.retire': 'second facteur retiré',
  'session.fermee': 'déconnexion',
  'session.ouverte': 'connexion',
  'session.refusee': 'connexion refusée',
  'session.revoquee': 'session fermée à distance',
  'valeur.saisie': 'chiffre saisi',
  'valeur.validee': 'chiffre validé',
};
/** An act that has no words yet is shown by its code: nothing is hidden. */
export const direAction = (action: string): string => ACTES[action] ?? action;

export interface JournalPageProps {
  entrees: readonly EntreeLue[];
  suite: number | null;
  filtres: FiltresJournal;
  actions: readonly string[];
  sceaux: readonly Sceau[];
  nomActeur: (id: string) => string;
}

export function JournalPage(p: JournalPageProps) {
  const f = p.filtres;
  const lien = (changes: Partial<Record<keyof FiltresJournal | 'avant', string | null>>, base = '/journal') => {
    const q = new URLSearchParams(Object.entries({ ...f, ...changes }).filter((e): e is [string, string] => !!e[1]));
    return q.size > 0 ? `${base}?${q}` : base;
  };
  const personne = p.entrees.find((e) => e.compteId === f.compte)?.nom;
  const actifs = [
    ...(f.compte ? [{ libelle: personne ?? 'une personne', href: lien({ compte: null }) }] : []),
    ...(f.objet ? [{ libelle: f.objet, href: lien({ objet: null }) }] : []),
    ...(f.action ? [{ libelle: direAction(f.action), href: lien({ action: null }) }] : []),
    ...(f.du ? [{ libelle: `depuis le ${f.du}`, href: lien({ du: null }) }] : []),
    ...(f.au ? [{ libelle: `jusqu’au ${f.au}`, href: lien({ au: null }) }] : []),
  ];
  return (
    <>
      <PageHeader
        titre="Journal d’audit"
        chapo="Chaque écriture, chaque consultation d’un objet sensible, chaque refus. Les entrées se suivent par leur empreinte : aucune ne peut être changée, ôtée ou ajoutée sans que cela se voie."
      />
      <ButtonGroup>
        <LinkButton variante="secondaire" href={lien({}, '/journal/export.csv')} telecharger>
          Exporter ces entrées (CSV)
        </LinkButton>
      </ButtonGroup>
      <p className="govuk-body-s">
        {p.sceaux.length === 0
          ? 'Aucun sceau encore.'
          : p.sceaux.map((s) => `Scellé par ${s.signataire} jusqu’à l’entrée ${nombre(s.numero)} le ${jourEtHeure(new Date(s.quand))}.`).join(' ')}
      </p>
      <FilterLayout
        filtres={
          <FilterPanel action="/journal" actifs={actifs} effacer="/journal" masques={f.compte ? { compte: f.compte } : undefined}>
            <Select nom="action" libelle="Acte" vide="tous" valeur={f.action ?? ''} options={p.actions.map((a) => ({ valeur: a, libelle: direAction(a) }))} />
            <TextInput
              nom="objet"
              libelle="Objet"
              aide="Son adresse. Finie par « / », elle vaut pour tout ce qu’elle contient."
              valeur={f.objet ?? ''}
              facultatif
            />
            <DateInput nom="du" libelle="Depuis le" valeur={f.du ?? ''} facultatif />
            <DateInput nom="au" libelle="Jusqu’au" valeur={f.au ?? ''} facultatif />
          </FilterPanel>
        }
      >
        <Table
          legende="Entrées, les plus récentes d’abord"
          dense
          vide={
            <EmptyState titre="Aucune entrée" actions={actifs.length > 0 ? [{ libelle: 'Effacer les filtres', href: '/journal' }] : []}>
              Rien ne correspond à ces filtres.
            </EmptyState>
          }
          lignes={p.entrees}
          cle={(e) => String(e.numero)}
          colonnes={[
            { cle: 'numero', titre: 'N°', numerique: true, cellule: (e) => nombre(e.numero) },
            { cle: 'quand', titre: 'Quand', cellule: (e) => jourEtHeure(e.quand) },
            {
              cle: 'qui',
              titre: 'Qui',
              entete: true,
              cellule: (e) => (
                <>
                  {e.compteId ? (
                    <a className="govuk-link" href={lien({ compte: e.compteId, avant: null })}>
                      {e.nom ?? 'compte supprimé'}
                    </a>
                  ) : (
                    (e.adresse ?? (e.organisationId ? p.nomActeur(e.organisationId) : 'la plateforme'))
                  )}
                  <div className="govuk-hint govuk-!-margin-bottom-0">
                    {[e.organisationId && e.compteId ? p.nomActeur(e.organisationId) : null, e.mandat].filter(Boolean).join(' · ')}
                  </div>
                </>
              ),
            },
            {
              cle: 'quoi',
              titre: 'Acte',
              cellule: (e) => (
                <>
                  {direAction(e.action)}
                  {Number(e.details.fois ?? 1) > 1 && ` (${String(e.details.fois)} fois)`}
                </>
              ),
            },
            {
              cle: 'objet',
              titre: 'Objet',
              cellule: (e) => (
                <a className="govuk-link c-coupe" href={lien({ objet: e.objet, avant: null })}>
                  {e.objet}
                </a>
              ),
            },
          ]}
        />
        {p.suite !== null && (
          <LinkButton variante="secondaire" href={lien({ avant: String(p.suite) })}>
            Entrées plus anciennes
          </LinkButton>
        )}
      </FilterLayout>
    </>
  );
}
