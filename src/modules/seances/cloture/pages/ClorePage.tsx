import { masquesDeVersion } from '../../../../core/http/versions.ts';
import { Button, ButtonGroup, LinkButton } from '../../../../ui/Button.tsx';
import { Checkbox } from '../../../../ui/Choices.tsx';
import { DateInput } from '../../../../ui/DateInput.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { InsetText } from '../../../../ui/InsetText.tsx';
import { NotificationBanner } from '../../../../ui/NotificationBanner.tsx';
import { Section } from '../../../../ui/PageHeader.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { WarningText } from '../../../../ui/WarningText.tsx';
import { jour, jourEtHeure } from '../../../../ui/typographie.ts';
import { erreurDe } from '../../../../ui/types.ts';
import { ecrireReleve } from '../../releve/ecriture.rules.ts';
import { SignesSansDessin } from '../../pages/SignesSansDessin.tsx';
import { EnteteSeance } from '../../pages/EnteteSeance.tsx';
import { estDUnAutre } from '../cloture.rules.ts';
import { relectureEnregistree, texteEnregistre } from '../cloture.formulaires.ts';
import { direPortee } from '../../portee.rules.ts';
import { DocumentBlocs } from './DocumentBlocs.tsx';
import { AClasser, Adresses } from './AClasser.tsx';
import { Figer, Heures, Inacheve, PresencesARelever } from './Arreter.tsx';
import { Amendements } from './Amendements.tsx';
import { Approbations } from './Approbations.tsx';
import type { ClorePageProps } from './clore.modele.ts';

export function ClorePage(p: ClorePageProps) {
  const { seance: s } = p;
  const fige = s.etat === 'figee';
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <EnteteSeance seance={s} instance={p.instance} catalogue={p.catalogue} ici="clore" tient={p.tient} />
      <SignesSansDessin signes={p.signes} />
      {fige ? <Fige {...p} /> : <EnRelecture {...p} />}
      <AClasser {...p} />
      <Adresses {...p} />
      {!fige && p.tient && <Textes {...p} />}
      {!fige && <Amendements {...p} />}
      {(!fige || p.anterieures.length > 0 || p.approbations.some(estDUnAutre)) && <Approbations {...p} />}
      <Section titre={fige ? 'Le relevé' : 'Le projet de relevé'} id="releve">
        <DocumentBlocs blocs={ecrireReleve(p.contenu, 'releve').blocs} />
        <Details resume="Lire aussi le compte rendu entier">
          <DocumentBlocs blocs={ecrireReleve(p.contenu, 'compte-rendu').blocs} />
        </Details>
      </Section>
      {fige && p.tient && <Rectifier {...p} />}
    </>
  );
}

const Telecharger = ({ base, projet }: { base: string; projet: boolean }) => (
  <ButtonGroup>
    <LinkButton variante={projet ? 'secondaire' : 'principal'} href={`${base}/releve.pdf`}>
      Relevé (PDF)
    </LinkButton>
    <LinkButton variante="secondaire" href={`${base}/releve.docx`}>
      Relevé (DOCX)
    </LinkButton>
    <LinkButton variante="secondaire" href={`${base}/releve.pdf?genre=compte-rendu`}>
      Compte rendu (PDF)
    </LinkButton>
    <LinkButton variante="secondaire" href={`${base}/releve.docx?genre=compte-rendu`}>
      Compte rendu (DOCX)
    </LinkButton>
  </ButtonGroup>
);

/** Whether it left, and to whom: said from what was sent. */
function direEnvoi({ documents, envoi }: Pick<ClorePageProps, 'documents' | 'envoi'>): string {
  if (envoi) return `Il a été envoyé ${direPortee(envoi)}.`;
  if (documents.etat === 'preparation') return 'Il partira aux membres qui ont une adresse, dès que ses documents seront prêts.';
  if (documents.etat === 'echec') return 'Il n’est pas encore parti aux membres.';
  return 'Il est parti aux membres qui avaient une adresse.';
}

/** The files are written apart, from the frozen content: a moment later, they are there. */
function Documents({ seance: s, documents, tient }: ClorePageProps) {
  if (documents.etat === 'preparation')
    return (
      <div data-attente="">
        <InsetText>Documents en préparation (PDF et Word). Cette page se met à jour toute seule.</InsetText>
      </div>
    );
  if (documents.etat !== 'echec') return <Telecharger base={`/seances/${s.id}`} projet={false} />;
  return (
    <>
      <WarningText>Les documents n’ont pas pu être préparés. {documents.message}</WarningText>
      {tient && (
        <Form action={`/seances/${s.id}/documents-du-releve`}>
          <Button>Préparer à nouveau les documents</Button>
        </Form>
      )}
    </>
  );
}

function Fige(p: ClorePageProps) {
  const { seance: s } = p;
  const [dernier, ...anciens] = p.releves;
  return (
    <>
      <NotificationBanner ton="succes">
        Relevé arrêté sous le numéro <strong>{dernier?.numero}</strong>
        {dernier && `, le ${jourEtHeure(dernier.figeLe)} par ${dernier.figePar}`}. {direEnvoi(p)}
      </NotificationBanner>
      <Documents {...p} />
      {p.tient && p.instance.confidentialite === 'publique' && (
        <ButtonGroup>
          <LinkButton variante="secondaire" href={`/seances/${s.id}/publier`}>
            {p.publie ? 'Revoir la publication' : 'Publier'}
          </LinkButton>
          {p.publie && (
            <LinkButton variante="secondaire" href={`/releves/${s.id}`}>
              Voir ce que lit le public
            </LinkButton>
          )}
        </ButtonGroup>
      )}
      {dernier && (
        <p className="govuk-body-s c-note">
          Empreinte du contenu : <code>{dernier.empreinte.slice(0, 16)}…</code>
        </p>
      )}
      {anciens.length > 0 && (
        <Section titre="Versions précédentes">
          <ul className="govuk-list">
            {anciens.map((r) => (
              <li key={r.version}>
                <a className="govuk-link" href={`/seances/${s.id}/releve.html?genre=compte-rendu&version=${r.version}`}>
                  {r.version === 1 ? 'Relevé initial' : `Rectificatif n° ${r.version - 1}`}
                </a>
                , arrêté le {jourEtHeure(r.figeLe)}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

function EnRelecture(p: ClorePageProps) {
  const { seance: s } = p;
  const base = `/seances/${s.id}`;
  const ouverte = s.relectureJusqua !== null && s.relectureJusqua >= p.aujourdhui;
  return (
    <>
      {s.motifRectification && (
        <InsetText>
          <strong>Rectificatif en cours.</strong> {s.motifRectification}
        </InsetText>
      )}
      <Telecharger base={base} projet />
      {p.tient && <Inacheve {...p} />}
      {p.tient && (
        <Section titre="Pour arrêter le relevé" id="figer">
          <Heures {...p} />
          <PresencesARelever {...p} />
          {p.restes.length === 0 ? (
            <Figer {...p} />
          ) : (
            <ul className="govuk-list govuk-list--bullet">
              {p.restes.map((r) => (
                <li key={r}>{r}</li>
              ))}
            </ul>
          )}
          {ouverte && (
            <Form action={`${base}/relecture`} masques={masquesDeVersion(relectureEnregistree(p.seance))}>
              <p className="govuk-body">Les personnes présentes peuvent proposer des corrections jusqu’au {jour(s.relectureJusqua ?? '')}.</p>
              <Checkbox
                nom="confirme_relecture"
                valeur={s.relectureJusqua ?? ''}
                coche={p.champs.confirme_relecture === s.relectureJusqua}
                libelle="Clore avant ce jour : le relevé le dira"
                erreur={erreurDe(p.erreurs, 'confirme_relecture')}
              />
              <ButtonGroup>
                <Button nom="acte" valeur="clore" variante="secondaire">
                  Clore la relecture maintenant
                </Button>
              </ButtonGroup>
            </Form>
          )}
          <Details resume={ouverte ? 'Prolonger la relecture' : 'Rouvrir la relecture aux présents'} ouvert={p.erreurs.some((e) => e.champ === 'jusqu_a')}>
            <Form action={`${base}/relecture`} masques={masquesDeVersion(relectureEnregistree(p.seance), p.champs.jusqu_a === undefined ? {} : p.champs)}>
              <DateInput nom="jusqu_a" libelle="Jusqu’au" min={p.aujourdhui} valeur={p.champs.jusqu_a ?? ''} erreur={erreurDe(p.erreurs, 'jusqu_a')} />
              <Button nom="acte" valeur="prolonger" variante="secondaire">
                Enregistrer
              </Button>
            </Form>
          </Details>
        </Section>
      )}
    </>
  );
}

/** The words of each item, corrected in place. */
function Textes(p: ClorePageProps) {
  return (
    <Section titre="Mettre au point les textes">
      {p.points.map((x) => {
        const ici = p.champs.point === x.id;
        return (
          <div key={x.id} id={`point-${x.id}`}>
            <Details resume={`${x.rang}. ${x.titre}`} ouvert={ici}>
              <Form action={`/seances/${p.seance.id}/points/${x.id}/texte`} masques={masquesDeVersion(texteEnregistre(x), ici ? p.champs : {})}>
                <Textarea
                  nom="texte"
                  id={`texte-${x.id}`}
                  libelle={`Compte rendu du point « ${x.titre} »`}
                  aide="Une ligne vide sépare deux paragraphes ; une ligne qui commence par « - » est une puce. Aucun nom de personne suivie."
                  lignes={8}
                  valeur={ici ? (p.champs.texte ?? '') : x.notes}
                  erreur={ici ? erreurDe(p.erreurs, 'texte') : undefined}
                />
                <Button variante="secondaire">Enregistrer le texte</Button>
              </Form>
            </Details>
          </div>
        );
      })}
    </Section>
  );
}

function Rectifier(p: ClorePageProps) {
  return (
    <Details resume="Corriger ce relevé par un rectificatif" ouvert={p.erreurs.some((e) => e.champ === 'motif')}>
      <Form action={`/seances/${p.seance.id}/rectifier`}>
        <p className="govuk-body">La version arrêtée reste lisible telle quelle. Le rectificatif suivra le même chemin : relecture, approbation, arrêt.</p>
        <Textarea
          nom="motif"
          libelle="Ce qui est à corriger, et pourquoi"
          lignes={3}
          max={1000}
          valeur={p.champs.motif ?? ''}
          erreur={erreurDe(p.erreurs, 'motif')}
        />
        <Button variante="danger">Ouvrir un rectificatif</Button>
      </Form>
    </Details>
  );
}
