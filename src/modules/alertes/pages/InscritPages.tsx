import { type Enregistre, masquesDeVersion } from '../../../core/http/versions.ts';
import { ActionBar } from '../../../ui/ActionBar.tsx';
import { Button, LinkButton } from '../../../ui/Button.tsx';
import { Checkboxes, Radios } from '../../../ui/Choices.tsx';
import { DateInput } from '../../../ui/DateInput.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { Fait } from '../../../ui/NotificationBanner.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { Select } from '../../../ui/Select.tsx';
import { SummaryList } from '../../../ui/SummaryList.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { WarningText } from '../../../ui/WarningText.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../ui/types.ts';
import { jourDuMoment, jourEtHeure } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Astreinte, Inscrit } from '../astreintes/astreintes.queries.ts';
import { placesDesListes, VOIES } from '../astreintes/astreintes.schema.ts';
import { libelleDeFonction } from '../reglement/reglement.ts';
import type { Reglement } from '../reglement/reglement.schema.ts';
import { direPlace } from '../envois/lettres.rules.ts';

type Champs = Readonly<Record<string, string | readonly string[]>>;
const dit = (champs: Champs, nom: string): string => {
  const v = champs[nom];
  return typeof v === 'string' ? v : '';
};

export function InscritFormPage(p: {
  catalogue: Catalogue;
  reglement: Reglement;
  /** Those that this person may write. */
  fonctions: Reglement['fonctions'];
  organismes: readonly { id: string; nom: string }[];
  inscrit: Inscrit | null;
  enregistre: Enregistre | null;
  champs: Champs;
  erreurs: readonly ErreurDeChamp[];
}) {
  const base = '/alertes/astreintes';
  const champ = (nom: string) => ({ nom, valeur: dit(p.champs, nom), erreur: erreurDe(p.erreurs, nom) });
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader
        titre={p.inscrit ? 'Corriger une ligne' : 'Inscrire sur une liste'}
        chapo="Une fonction, un lieu, une façon d’être prévenu. Ces lignes ne sont jamais publiques."
      />
      <Form
        action={p.inscrit ? `${base}/inscrits/${p.inscrit.id}/corriger` : `${base}/inscrits/nouveau`}
        masques={p.enregistre ? masquesDeVersion(p.enregistre, p.champs) : {}}
      >
        <Select
          {...champ('fonction')}
          libelle="Fonction"
          vide="Choisissez"
          options={p.fonctions.map((f) => ({ valeur: f.code, libelle: f.valide ? `${f.libelle} (valide les alertes)` : f.libelle }))}
        />
        <Select {...champ('territoire')} libelle="Territoire ou commune" vide="Choisissez" options={placesDesListes(p.reglement, p.catalogue)} />
        <Select {...champ('organisation')} libelle="Organisme" vide="Choisissez" options={p.organismes.map((a) => ({ valeur: a.id, libelle: a.nom }))} />
        <TextInput {...champ('nom')} libelle="Nom" aide="D’une personne, ou du service qui répond à cette adresse." attributs={{ maxLength: 120 }} />
        <TextInput {...champ('courriel')} libelle="Courriel" type="email" />
        <TextInput {...champ('telephone')} libelle="Téléphone" type="tel" largeur={20} facultatif />
        <Checkboxes
          nom="voies"
          legende="Prévenir par"
          aide="Un courriel part toujours. La notification arrive sur les appareils où la personne l’a demandée, une fois connectée."
          petit
          valeurs={[...(p.champs.voies ?? [])]}
          erreur={erreurDe(p.erreurs, 'voies')}
          options={Object.entries(VOIES).map(([valeur, libelle]) => ({ valeur, libelle }))}
        />
        <TextInput
          {...champ('rang')}
          libelle="Rang"
          aide="1 : prévenu d’abord. Les suivants le sont si le premier ne répond pas."
          largeur={2}
          inputMode="numeric"
        />
        <Radios
          nom="permanent"
          legende="Quand"
          petit
          valeur={dit(p.champs, 'permanent')}
          erreur={erreurDe(p.erreurs, 'permanent')}
          options={[
            { valeur: 'oui', libelle: 'À toute heure' },
            { valeur: 'non', libelle: 'Pendant ses créneaux d’astreinte seulement' },
          ]}
        />
        <ActionBar>
          <Button>Enregistrer</Button>
          <a className="govuk-link" href={p.inscrit ? `${base}/inscrits/${p.inscrit.id}` : base}>
            Annuler
          </a>
        </ActionBar>
      </Form>
    </>
  );
}

interface DuesProps {
  catalogue: Catalogue;
  reglement: Reglement;
  inscrit: Inscrit;
  creneaux: readonly Astreinte[];
  suppleants: readonly Inscrit[];
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
  fait: string;
  base: string;
  aujourdhui: string;
}
const FAITS = { lien: 'Le lien part avec le courrier.', creneau: 'Le créneau est ajouté.', retire: 'Le créneau est retiré.' };

/** Duties to come, each with the button that gives it up; `ajouter`, `retirer`: where the forms go. */
function Creneaux(p: DuesProps & { change: boolean; ajouter: string; retirer: (id: string) => { action: string; masques?: Record<string, string> } }) {
  const champ = (nom: string) => ({ nom, valeur: p.champs[nom] ?? '', erreur: erreurDe(p.erreurs, nom) });
  const nomDe = (id: string | null) => p.suppleants.find((s) => s.id === id)?.nom ?? '';
  return (
    <Section titre="Créneaux d’astreinte" id="creneaux">
      {p.creneaux.length === 0 && <p className="govuk-body">Aucun créneau à venir.</p>}
      <ul className="govuk-list">
        {p.creneaux.map((x) => {
          const mots = `du ${jourEtHeure(x.debut)} au ${jourEtHeure(x.fin)}`;
          const { action, masques } = p.retirer(x.id);
          return (
            <li key={x.id}>
              {mots}
              {x.suppleantId && nomDe(x.suppleantId) ? `, suppléant : ${nomDe(x.suppleantId)}` : ''}
              {x.suppleantPartiLe && !x.suppleantId && (
                <>
                  {' '}
                  <Tag ton="laiton">sans suppléant : il a quitté la liste le {jourDuMoment(x.suppleantPartiLe)}</Tag>
                </>
              )}
              {p.change && (
                <Form action={action} {...(masques ? { masques } : {})}>
                  <Button petit variante="secondaire">
                    Retirer<span className="govuk-visually-hidden"> : {mots}</span>
                  </Button>
                </Form>
              )}
            </li>
          );
        })}
      </ul>
      {p.change && (
        <Form action={p.ajouter}>
          <DateInput {...champ('jour_debut')} libelle="Premier jour" min={p.aujourdhui} />
          <TextInput {...champ('heure_debut')} type="time" libelle="De" largeur={5} />
          <DateInput {...champ('jour_fin')} libelle="Dernier jour" min={p.aujourdhui} />
          <TextInput {...champ('heure_fin')} type="time" libelle="À" largeur={5} />
          <Select
            {...champ('suppleant')}
            libelle="Suppléant"
            vide="Personne"
            facultatif
            options={p.suppleants.map((s) => ({ valeur: s.id, libelle: s.nom }))}
          />
          <Button variante="secondaire">Ajouter le créneau</Button>
        </Form>
      )}
    </Section>
  );
}

export function InscritPage(p: DuesProps & { tient: boolean; change: boolean; autorisee: boolean }) {
  const i = p.inscrit;
  const ligne = (cle: string, valeur: string) => (valeur ? [{ cle, valeur }] : []);
  const voies = i.voies.map((v) => VOIES[v as keyof typeof VOIES].toLowerCase()).join(', ');
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <Fait code={p.fait} mots={FAITS} />
      <PageHeader
        surtitre={libelleDeFonction(p.reglement, i.fonction)}
        titre={i.nom}
        chapo={i.retireLe ? 'Retiré de la liste.' : null}
        actions={
          p.tient && (
            <>
              {p.change && (
                <LinkButton href={`${p.base}/corriger`} variante="secondaire">
                  Corriger
                </LinkButton>
              )}
              <Form action={`${p.base}/lien`}>
                <Button variante="secondaire">Envoyer son lien</Button>
              </Form>
              <Form action={`${p.base}/retirer`}>
                <Button variante="danger">Retirer de la liste</Button>
              </Form>
            </>
          )
        }
      />
      {!p.autorisee && i.retireLe === null && (
        <WarningText>
          Cet organisme ne peut pas tenir cette fonction : cette ligne ne valide rien et ne comble aucun trou. Retirez-la, ou corrigez-la.
        </WarningText>
      )}
      <SummaryList
        serre
        lignes={[
          ...ligne('Où', direPlace(p.catalogue, p.reglement, i.territoire)),
          ...ligne('Organisme', p.catalogue.nomActeur(i.organisationId)),
          ...ligne('Quand', i.permanent ? 'à toute heure' : 'pendant ses créneaux'),
          ...ligne('Rang', String(i.rang)),
          ...ligne('Prévenu par', voies),
          ...(p.tient ? [...ligne('Courriel', i.courriel), ...ligne('Téléphone', i.telephone)] : []),
        ]}
      />
      <Creneaux {...p} change={p.tient} ajouter={`${p.base}/creneaux`} retirer={(id) => ({ action: `${p.base}/creneaux/${id}/retirer` })} />
    </>
  );
}

export function MesAstreintesPage(p: DuesProps) {
  const i = p.inscrit;
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <Fait code={p.fait} mots={FAITS} />
      <PageHeader
        surtitre={`${libelleDeFonction(p.reglement, i.fonction)}, ${direPlace(p.catalogue, p.reglement, i.territoire)}`}
        titre="Mes créneaux d’astreinte"
        chapo={
          i.permanent
            ? 'Vous êtes prévenu à toute heure. Un créneau dit en plus quand vous êtes le premier appelé.'
            : 'Vous n’êtes prévenu que pendant ces créneaux.'
        }
      />
      <Creneaux {...p} change ajouter={p.base} retirer={(id) => ({ action: p.base, masques: { retirer: id } })} />
    </>
  );
}
