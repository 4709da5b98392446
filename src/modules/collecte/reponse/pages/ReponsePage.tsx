import { ActionBar } from '../../../../ui/ActionBar.tsx';
import { Button } from '../../../../ui/Button.tsx';
import { Checkboxes } from '../../../../ui/Choices.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { FileUpload } from '../../../../ui/FileUpload.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { NotificationBanner } from '../../../../ui/NotificationBanner.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { ProgressBar } from '../../../../ui/ProgressBar.tsx';
import { SubNavigation } from '../../../../ui/SubNavigation.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { jour, jourEtHeure, pluriel } from '../../../../ui/typographie.ts';
import type { Acces, Campagne } from '../../campagnes/campagnes.queries.ts';
import type { Ligne } from '../lignes.queries.ts';
import { type Etape, MesureADonner } from './MesureADonner.tsx';

export interface ReponsePageProps {
  campagne: Campagne;
  acces: Acces;
  organisme: string;
  ici: string;
  /** All that this person answers for, and what is shown of it. */
  toutes: readonly Ligne[];
  lignes: readonly Ligne[];
  fiches: readonly { fiche: string; lignes: readonly Ligne[] }[];
  fiche: string;
  champs: Readonly<Record<string, string>>;
  masques: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
  etapes: ReadonlyMap<string, Etape>;
  /** Who typed last what is kept and not sent, and when. */
  garde: { par: string; le: Date | null };
  /** What was pasted and not taken. */
  collage: string;
  faites: number | null;
  /** Notes of method just recorded. */
  notes: number;
  enregistre: boolean;
  peutDeleguer: boolean;
  delegues: readonly Acces[];
}

const parMesure = (lignes: readonly Ligne[]): { mesureId: string; lignes: Ligne[] }[] => {
  const groupes = new Map<string, Ligne[]>();
  for (const l of lignes) groupes.set(l.mesureId, [...(groupes.get(l.mesureId) ?? []), l]);
  return [...groupes].map(([mesureId, siennes]) => ({ mesureId, lignes: siennes }));
};

/** One page, their figures only: what was said last, what to write, sent when it is done. */
export function ReponsePage(p: ReponsePageProps) {
  // What can be given no more is not left to give.
  const comptees = p.toutes.filter((l) => !l.aPart && p.etapes.get(l.cle) !== 'close');
  const faites = comptees.filter((l) => p.etapes.get(l.cle) !== 'vide').length;
  const envoyees = comptees.filter((l) => p.etapes.get(l.cle) === 'envoye').length;
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      {p.faites !== null && p.erreurs.length === 0 && (
        <NotificationBanner titre="Envoyé" ton="succes">
          {p.notes > 0 && `${pluriel(p.notes, 'note de méthode est enregistrée', 'notes de méthode sont enregistrées')}. `}
          {p.faites === 0 && p.notes > 0
            ? ''
            : p.faites === 0
              ? 'Rien de nouveau à envoyer : tout ce que vous aviez écrit est déjà arrivé.'
              : `${pluriel(p.faites, 'chiffre est arrivé', 'chiffres sont arrivés')}. ${
                  comptees.length > envoyees
                    ? `Il en reste ${comptees.length - envoyees} : vous pouvez revenir par le même lien.`
                    : 'Vous avez tout donné, merci. Vous pouvez encore corriger par le même lien.'
                }`}
        </NotificationBanner>
      )}
      {p.enregistre && p.erreurs.length === 0 && (
        <NotificationBanner titre="Gardé" ton="succes">
          Ce que vous avez écrit est gardé. Rien n’est encore envoyé : revenez quand vous voulez par le même lien.
        </NotificationBanner>
      )}
      <PageHeader titre={p.campagne.titre} surtitre={p.organisme} chapo={p.campagne.message || undefined} />
      <p className="govuk-body">
        {`À donner pour le `}
        <strong>{jour(p.campagne.dueLe)}</strong>
        {`. Ce que vous écrivez est gardé au fur et à mesure ; rien n’est transmis avant « Envoyer ».`}
      </p>
      <ProgressBar
        libelle="Vos chiffres"
        fait={faites}
        total={comptees.length}
        termine
        detail={`${faites} sur ${comptees.length} remplis, ${pluriel(envoyees, 'envoyé')}`}
      />
      {p.fiches.length > 1 && (
        <SubNavigation
          libelle="Fiches"
          entrees={p.fiches.map((f) => ({
            libelle: `Fiche ${f.fiche}`,
            href: `${p.ici}?fiche=${f.fiche}`,
            actif: f.fiche === p.fiche,
            compte: f.lignes.filter((l) => !l.aPart && p.etapes.get(l.cle) === 'vide').length,
          }))}
        />
      )}
      <Form action={p.ici} masques={p.masques} fichiers={p.lignes.some((l) => l.genre === 'document')} donnees={{ 'data-collecte': `${p.ici}/brouillon` }}>
        {parMesure(p.lignes).map((m) => (
          <MesureADonner key={m.mesureId} mesureId={m.mesureId} lignes={m.lignes} champs={p.champs} erreurs={p.erreurs} etapes={p.etapes} />
        ))}
        <p className="govuk-body" data-collecte-etat="" aria-live="polite">
          {p.garde.le
            ? `Gardé le ${jourEtHeure(p.garde.le)}${p.garde.par === p.acces.nom ? '' : `, par ${p.garde.par}`}.`
            : envoyees > 0
              ? 'Rien n’attend d’être envoyé.'
              : 'Rien n’est encore gardé.'}
        </p>
        <ActionBar>
          <Button nom="acte" valeur="envoyer">
            Envoyer
          </Button>
          <Button variante="secondaire" nom="acte" valeur="enregistrer">
            Garder pour plus tard
          </Button>
        </ActionBar>
      </Form>
      <Section titre="Autrement">
        <Details resume="Remplir un classeur Excel" id="classeur-deplie" ouvert={p.erreurs.some((e) => e.champ === 'classeur')}>
          <p className="govuk-body">
            <a className="govuk-link" href={`${p.ici}/classeur.xlsx`} download>
              Télécharger votre classeur
            </a>
            {' : vos lignes, vos dernières valeurs, les définitions. Remplissez-le, puis déposez-le ici.'}
          </p>
          <Form action={`${p.ici}/classeur`} fichiers>
            <FileUpload
              nom="classeur"
              libelle="Classeur rempli"
              aide="Chaque case est vérifiée. Rien n’est envoyé : vous relirez avant."
              erreur={erreurDe(p.erreurs, 'classeur')}
            />
            <Button variante="secondaire">Remplir la page</Button>
          </Form>
        </Details>
        <Details resume="Coller depuis un tableur" id="coller" ouvert={p.erreurs.some((e) => e.champ === 'collage')}>
          <Form action={`${p.ici}/coller`} masques={{ fiche: p.fiche }}>
            <Textarea
              nom="collage"
              libelle="Lignes copiées"
              aide="Copiez dans votre tableur, puis collez ici : le nom du chiffre puis sa valeur, ou les valeurs seules dans l’ordre de la page. Rien n’est envoyé : vous relirez avant."
              lignes={6}
              valeur={p.collage}
              erreur={erreurDe(p.erreurs, 'collage')}
            />
            <Button variante="secondaire">Remplir la page</Button>
          </Form>
        </Details>
        {p.peutDeleguer && (
          <Details resume={`Confier à un collègue${p.delegues.length > 0 ? ` (${p.delegues.length})` : ''}`} id="confier">
            {p.delegues.length > 0 && (
              <ul className="govuk-list govuk-list--bullet">
                {p.delegues.map((a) => (
                  <li key={a.id}>
                    {`${a.nom}, ${a.courriel} : ${a.mesures.length === 0 ? 'tout' : pluriel(a.mesures.length, 'mesure')}${a.vuLe ? ', page ouverte' : ''}`}
                    <Form action={`${p.ici}/retirer`} masques={{ delegue: a.id }}>
                      <Button variante="discret">
                        Retirer
                        <span className="govuk-visually-hidden">{` ce qui est confié à ${a.nom}`}</span>
                      </Button>
                    </Form>
                  </li>
                ))}
              </ul>
            )}
            <Form action={`${p.ici}/deleguer`}>
              <TextInput nom="nom" libelle="Son nom" />
              <TextInput nom="courriel" libelle="Son adresse électronique" type="email" />
              <Checkboxes
                nom="mesures"
                legende="Ce qui lui est confié"
                aide="Sans rien cocher : tout."
                facultatif
                petit
                options={parMesure(p.toutes).map((m) => ({ valeur: m.mesureId, libelle: m.lignes[0]?.titre ?? m.mesureId }))}
              />
              <Button variante="secondaire">Lui envoyer un lien</Button>
            </Form>
          </Details>
        )}
      </Section>
    </>
  );
}
