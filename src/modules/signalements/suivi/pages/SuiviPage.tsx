import { Button } from '../../../../ui/Button.tsx';
import { Radios } from '../../../../ui/Choices.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { NotificationBanner } from '../../../../ui/NotificationBanner.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../../ui/SummaryList.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { Timeline } from '../../../../ui/Timeline.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { isoDuMoment, jour, jourDuMoment } from '../../../../ui/typographie.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import { type Circuit, estMuet } from '../../circuits/circuit.schema.ts';
import { categorieDe, ditDEtat, libelleDEtat } from '../../circuits/circuit.rules.ts';
import { type CodeEtat, etatDe } from '../../circuits/etats.ts';
import type { Demande, Evenement } from '../../demandes/demandes.queries.ts';
import type { Suiveur } from '../../demandes/suiveurs.queries.ts';
import { PhotosDuSuivi } from '../../photos/PhotosSection.tsx';
import type { PhotoDeDemande } from '../../photos/photos.queries.ts';
import { Ailleurs } from '../../signaler/pages/Ailleurs.tsx';
import { LieuDuSuivi, type LieuDuSuiviProps } from '../../recurrences/pages/LieuDuSuivi.tsx';
import { direLieu, direQuand, lignesDeReponses } from '../../signaler/pages/SignalerPage.tsx';

export function SuiviCodePage({ erreurs, code }: { erreurs: readonly ErreurDeChamp[]; code: string | undefined }) {
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <PageHeader titre="Suivre une demande" chapo="Avec le code reçu quand vous l’avez envoyée." />
      <Form action="/suivi" methode="get">
        <TextInput nom="code" libelle="Code de suivi" valeur={code} erreur={erreurDe(erreurs, 'code')} largeur={20} autoComplete="off" />
        <Button>Voir la demande</Button>
      </Form>
      <Ailleurs sauf="/suivi" />
    </>
  );
}

export interface SuiviPageProps {
  d: Demande;
  suiveur: Suiveur;
  code: string;
  circuit: Circuit | undefined;
  evenements: readonly Evenement[];
  catalogue: Catalogue;
  photos: readonly PhotoDeDemande[];
  /** Null when it does not come back. */
  lieu: LieuDuSuiviProps | null;
  /** Whether one more may come. */
  ajouterPhoto: boolean;
  /** What its author may say now. */
  suites: readonly CodeEtat[];
  erreurs: readonly ErreurDeChamp[];
  champs: Readonly<Record<string, string>>;
  fait: string;
}
const FAITS: Readonly<Record<string, string>> = {
  resolu: 'Merci : vous avez confirmé que c’est réglé.',
  'non-resolu': 'C’est noté : la demande est rouverte.',
  conteste: 'C’est noté : la réponse va être réexaminée.',
  photo: 'Merci : la photo est jointe. Un service la regarde avant que quiconque la voie.',
  suit: 'C’est noté : vous serez prévenu de ce qui se passe à ce lieu.',
  quitte: 'C’est noté : vous ne recevrez plus rien sur ce lieu.',
  oublie: 'Votre adresse est effacée. Le code reste le seul moyen de suivre la demande.',
};
const DITS: Readonly<Partial<Record<CodeEtat, string>>> = {
  resolu: 'Oui, c’est réglé',
  'non-resolu': 'Non, ce n’est pas réglé',
  conteste: 'Je conteste la réponse',
};
const NOTES = ['Très insatisfait', 'Insatisfait', 'Ni l’un ni l’autre', 'Satisfait', 'Très satisfait'];

export function SuiviPage(p: SuiviPageProps) {
  const { d, circuit } = p;
  const e = etatDe(d.etat);
  const fait = FAITS[p.fait];
  // Who follows without having reported reads what everyone may.
  const texte = p.suiveur.declarant ? d.texte : d.textePublic;
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      {fait && <NotificationBanner ton="succes">{fait}</NotificationBanner>}
      <PageHeader
        surtitre={circuit?.titre ?? 'Demande'}
        titre={`Demande n° ${d.numero} : ${d.titre}`}
        etiquette={<Tag ton={e.ton}>{libelleDEtat(circuit, d.etat)}</Tag>}
        chapo={ditDEtat(circuit, d.etat)}
      />
      <SummaryList
        lignes={[
          { cle: 'Envoyée', valeur: jourDuMoment(d.recuLe) },
          { cle: 'Lieu', valeur: direLieu(p.catalogue, d) },
          { cle: 'Faits', valeur: direQuand(d) },
          ...lignesDeReponses(circuit && categorieDe(circuit, d.categorie), d.reponses),
          ...(texte ? [{ cle: 'Texte', valeur: texte }] : []),
          { cle: 'Service', valeur: p.catalogue.nomActeurA(d.serviceId, d.territoireId) },
          ...(d.prevueLe && d.etat === 'programme' ? [{ cle: 'Jour prévu', valeur: jour(d.prevueLe) }] : []),
          ...(d.meneurId
            ? [{ cle: 'Jointe', valeur: 'Votre signalement est joint à un autre, qui dit la même chose : il compte, et vous recevez les mêmes réponses.' }]
            : []),
        ]}
      />
      <Section titre="Ce qui a été fait">
        <Timeline
          items={[...p.evenements]
            .filter((x) => x.vers !== null || x.message !== '')
            .reverse()
            .map((x) => ({
              titre: x.vers ? libelleDEtat(circuit, x.vers) : 'Message',
              jour: isoDuMoment(x.quand),
              par: x.organisationId ? p.catalogue.nomActeurA(x.organisationId, d.territoireId) : undefined,
              contenu: (
                <>
                  {x.message && <p className="govuk-body">{x.message}</p>}
                  {x.jour && <p className="govuk-body">Prévu le {jour(x.jour)}.</p>}
                </>
              ),
            }))}
        />
      </Section>
      <PhotosDuSuivi ouverte={d.closLe === null && d.lecteurs === null} code={p.code} photos={p.photos} ajouter={p.ajouterPhoto} erreurs={p.erreurs} />
      {p.lieu && <LieuDuSuivi code={p.code} lieu={p.lieu} erreurs={p.erreurs} courriel={p.champs.courriel ?? ''} />}
      {p.suites.length > 0 && (
        <Section titre="Votre réponse">
          <Form action={`/suivi/${p.code}`}>
            <Radios
              nom="acte"
              legende="Est-ce réglé ?"
              valeur={p.champs.acte}
              erreur={erreurDe(p.erreurs, 'acte')}
              options={p.suites.map((x) => ({ valeur: x, libelle: DITS[x] ?? libelleDEtat(circuit, x) }))}
            />
            {circuit && !estMuet(circuit) && (
              <Textarea
                nom="mots"
                libelle="Ce que vous voulez ajouter"
                aide="Sans nom de personne. Nécessaire si ce n’est pas réglé."
                valeur={p.champs.mots}
                erreur={erreurDe(p.erreurs, 'mots')}
                max={1000}
                lignes={3}
                facultatif
              />
            )}
            <Radios
              nom="note"
              legende="Êtes-vous satisfait de la façon dont on s’en est occupé ?"
              valeur={p.champs.note}
              erreur={erreurDe(p.erreurs, 'note')}
              options={NOTES.map((libelle, i) => ({ valeur: String(i + 1), libelle }))}
              petit
              facultatif
            />
            <Button>Envoyer ma réponse</Button>
          </Form>
        </Section>
      )}
      {p.suiveur.contact !== null && (
        <Form action={`/suivi/${p.code}`} masques={{ acte: 'oublier' }}>
          <Button variante="discret">Effacer mon adresse électronique</Button>
        </Form>
      )}
    </>
  );
}
