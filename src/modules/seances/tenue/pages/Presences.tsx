/** Who is there. */
import { Button } from '../../../../ui/Button.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { cx, erreurDe } from '../../../../ui/types.ts';
import { accorder, enumerer, FINE, jour, nombre } from '../../../../ui/typographie.ts';
import { jourDe } from '../../../../core/clock.ts';
import type { Participant } from '../../seances.queries.ts';
import { type Presence, PRESENCES } from '../../seances.rules.ts';
import { direMandat, direReponse } from '../../preparation/reponses.rules.ts';
import { QUALITES } from '../../../instances/index.ts';
import { avantDe, compterPresences, seNommeEnSeance } from '../tenue.rules.ts';
import { commencer } from './commencer.ts';
import { base } from './Deroule.tsx';
import type { Saisie, Tenue } from './tenue.modele.ts';

export const nommer = (p: Participant): string => p.nom || p.fonction;

/** « 5 présents, 1 excusé, 2 à noter ». */
function direPresences(participants: readonly Participant[]): string {
  const n = compterPresences(participants);
  const dits = [
    ...(Object.keys(PRESENCES) as Presence[]).filter((p) => n[p] > 0).map((p) => `${nombre(n[p])} ${accorder(n[p], PRESENCES[p])}`),
    ...(n.blancs > 0 ? [`${nombre(n.blancs)} à noter`] : []),
    ...(n.vacants > 0 ? [`${nombre(n.vacants)} ${accorder(n.vacants, 'siège vacant', 'sièges vacants')}`] : []),
    ...(n.partis > 0 ? [`${nombre(n.partis)} ${accorder(n.partis, 'parti', 'partis')} de l’instance`] : []),
  ];
  return dits.length === 0 ? 'personne n’est convoqué' : enumerer(dits);
}

export function ResumePresences({ t }: { t: Tenue }) {
  return (
    <span data-a-noter={compterPresences(t.participants).blancs}>
      Présences{FINE}: {direPresences(t.participants)}
    </span>
  );
}

export function LignePresence({ t, p, saisie }: { t: Pick<Tenue, 'catalogue' | 'instance' | 'ecrit'>; p: Participant; saisie?: Saisie | null }) {
  const saisi = saisie?.formulaire === 'presences' ? saisie : null;
  const sousTitre = [p.nom ? p.fonction : '', t.catalogue.nomActeurA(p.organisationId, t.instance.territoireId)].filter(Boolean).join(', ');
  const identite = (
    <>
      <span className="c-presence__nom">{nommer(p)}</span>{' '}
      <span className="c-presence__place">
        {sousTitre}
        {p.qualite !== 'membre' && ` · ${QUALITES[p.qualite].toLowerCase()}`}
      </span>
      {p.retireLe && <Tag ton="laiton">a quitté l’instance le {jour(jourDe(p.retireLe))}</Tag>}
    </>
  );
  const nommable = seNommeEnSeance(p);
  const vacant = p.nom === '';
  const presence = saisi?.champs[`presence-${p.id}`] ?? p.presence;
  const erreur = erreurDe(saisi?.erreurs, `nom-${p.id}`);
  const dite = vacant
    ? 'siège vacant'
    : p.presence === null
      ? 'à noter'
      : `${PRESENCES[p.presence]}${p.presence === 'represente' && p.representePar ? ` par ${p.representePar}` : ''}`;
  if (!t.ecrit)
    return (
      <p className="c-presence__lue">
        {identite} <span className="c-presence__dite">{dite}</span>
        {direMandat(p) && <span className="c-presence__reponse"> {direMandat(p)}</span>}
      </p>
    );
  return (
    <fieldset className="c-presence" data-participant={p.id}>
      <legend>{identite}</legend>
      <input type="hidden" name={`avant-${p.id}`} value={saisi?.champs[`avant-${p.id}`] ?? avantDe(p)} />
      {nommable && <QuiSiegeait p={p} valeur={saisi?.champs[`nom-${p.id}`] ?? p.nom} erreur={erreur} />}
      {!vacant && (
        <div className="c-presence__choix">
          {(Object.entries(PRESENCES) as [Presence, string][]).map(([cle, libelle]) => (
            <span key={cle}>
              <input type="radio" id={`pr-${p.id}-${cle}`} name={`presence-${p.id}`} value={cle} defaultChecked={presence === cle} />
              <label htmlFor={`pr-${p.id}-${cle}`}>{libelle}</label>
            </span>
          ))}
        </div>
      )}
      {!vacant && (
        <div className="c-presence__par">
          <label htmlFor={`par-${p.id}`}>par</label>
          <input
            className="govuk-input"
            id={`par-${p.id}`}
            name={`par-${p.id}`}
            defaultValue={saisi?.champs[`par-${p.id}`] ?? (p.representePar || p.suppleantNom)}
            autoComplete="off"
            maxLength={200}
          />
        </div>
      )}
      {(p.reponse || p.suppleantReponse) && p.presence === null && <span className="c-presence__reponse">réponse donnée : {direReponse(p)}</span>}
      {direMandat(p) && <span className="c-presence__reponse">{direMandat(p)}</span>}
    </fieldset>
  );
}

/** A seat without a name: vacant, or somebody sat there. */
function QuiSiegeait({ p, valeur, erreur }: { p: Participant; valeur: string; erreur: string | undefined }) {
  const id = `nom-${p.id}`;
  return (
    <div className="c-presence__siege">
      {p.nom === '' && <Tag ton="neutre">siège vacant</Tag>}
      <label htmlFor={id}>
        Qui siégeait{FINE}?<span className="govuk-visually-hidden"> {p.fonction}</span>
      </label>
      <input
        className={cx('govuk-input', erreur && 'govuk-input--error')}
        id={id}
        name={id}
        defaultValue={valeur}
        autoComplete="off"
        maxLength={200}
        aria-invalid={erreur ? 'true' : undefined}
      />
    </div>
  );
}

export function FormulaireInvite({ t, saisie, action }: { t: Tenue; saisie: Saisie | null; action?: string }) {
  const f = commencer(t, saisie, 'invite', { nom: '', fonction: '', organisation: '' });
  const { champs, erreurs } = f;
  return (
    <details className="c-ajout" open={erreurs.length > 0 || f.repris}>
      <summary>Ajouter quelqu’un qui n’est pas dans la liste</summary>
      <Form
        action={action ?? `${base(t)}/participants`}
        masques={{ id: f.id, point: t.montre ?? '' }}
        donnees={f.donnees}
        classe="c-ajout__champs"
        id="f-invite"
      >
        <ErrorSummary erreurs={erreurs} />
        <TextInput nom="nom" libelle="Nom" valeur={champs.nom} erreur={erreurDe(erreurs, 'nom')} autoComplete="off" />
        <TextInput nom="fonction" libelle="Fonction" valeur={champs.fonction} erreur={erreurDe(erreurs, 'fonction')} facultatif autoComplete="off" />
        <Select
          nom="organisation"
          libelle="Organisation"
          vide="Choisir"
          valeur={champs.organisation}
          erreur={erreurDe(erreurs, 'organisation')}
          options={organisationsDe(t)}
        />
        <Button petit immediat variante="secondaire">
          Ajouter comme invité
        </Button>
      </Form>
    </details>
  );
}

/** Organisations around the table first, then the whole directory. */
function organisationsDe(t: Tenue): { valeur: string; libelle: string; groupe: string }[] {
  const ici = new Set([...t.participants.map((p) => p.organisationId), t.instance.porteurId]);
  const option = (groupe: string) => (id: string) => ({ valeur: id, libelle: t.catalogue.nomActeurA(id, t.instance.territoireId), groupe });
  const ranger = (a: { libelle: string }, b: { libelle: string }) => a.libelle.localeCompare(b.libelle, 'fr');
  return [
    ...[...ici].map(option('Autour de la table')).sort(ranger),
    ...[...t.catalogue.acteurs.keys()]
      .filter((id) => !ici.has(id))
      .map(option('Autres organisations'))
      .sort(ranger),
  ];
}

export function Presences({ t, saisie }: { t: Tenue; saisie: Saisie | null }) {
  const n = compterPresences(t.participants);
  // The first thing to do; once the session goes on, it waits behind its count.
  const aFaire = n.blancs > 0 && t.points.every((p) => p.etat === 'a_venir');
  const presents = t.participants.filter((p) => !p.retireLe);
  const partis = t.participants.filter((p) => p.retireLe);
  const lignes = (liste: readonly Participant[]) =>
    liste.map((p) => (
      <li key={p.id} id={`b-participant-${p.id}`} className="c-presences__ligne">
        <LignePresence t={t} p={p} saisie={saisie} />
      </li>
    ));
  const corps = (
    <>
      <ul className="c-presences__liste" id="b-participants">
        {lignes(presents)}
      </ul>
      {partis.length > 0 && (
        <>
          <h3 className="govuk-heading-s">Ont quitté l’instance depuis la convocation</h3>
          <ul className="c-presences__liste">{lignes(partis)}</ul>
        </>
      )}
    </>
  );
  return (
    <details className="c-bloc c-presences" id="presences" open={t.ecrit && (aFaire || saisie?.formulaire === 'presences' || saisie?.formulaire === 'invite')}>
      <summary>
        <h2 id="b-resume-presences">
          <ResumePresences t={t} />
        </h2>
      </summary>
      {t.ecrit ? (
        <Form action={`${base(t)}/presences`} masques={{ point: t.montre ?? '' }} id="f-presences">
          {saisie?.formulaire === 'presences' && <ErrorSummary erreurs={saisie.erreurs} />}
          {corps}
          <div className="c-presences__actes">
            {/* First in order: what the Enter key does. Saving is immediate where scripts run. */}
            <span className="c-sans-script">
              <Button petit immediat>
                Enregistrer les présences
              </Button>
            </span>
            <Button petit immediat variante="secondaire" nom="tous" valeur="oui">
              Tous présents, sauf ceux déjà notés ou qui ne viennent pas
            </Button>
            {t.tient && (
              <a className="govuk-link" href={`${base(t)}/emargement.pdf`}>
                Feuille d’émargement (PDF)
              </a>
            )}
          </div>
        </Form>
      ) : (
        corps
      )}
      {t.ecrit && <FormulaireInvite t={t} saisie={saisie} />}
    </details>
  );
}
