import { Button } from '../../../../ui/Button.tsx';
import { Checkbox } from '../../../../ui/Choices.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { Section } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { jourEtHeure } from '../../../../ui/typographie.ts';
import { erreurDe } from '../../../../ui/types.ts';
import { AILLEURS, PAR_LIEN } from '../../paroles/lien.rules.ts';
import { SANS_ADRESSE } from '../../releve/approbations.rules.ts';
import { attendLaPresidence, EN_QUALITE, estNotee, type LigneDApprobation } from '../cloture.rules.ts';
import type { Approbation } from '../contenu.queries.ts';
import type { ClorePageProps } from './clore.modele.ts';

const ETATS = { propose: 'à examiner', retenu: 'retenu', ecarte: 'écarté' } as const;

/** Corrections proposed by those who were there. */
export function Amendements(p: ClorePageProps) {
  const { seance: s } = p;
  const base = `/seances/${s.id}`;
  return (
    <Section titre="Amendements" id="amendements">
      {p.amendements.length === 0 && <p className="govuk-body">Aucune correction n’a été proposée.</p>}
      {p.amendements.map((a) => (
        <div key={a.id} className="c-amendement">
          <p className="govuk-body-s c-note">
            {a.auteur}, le {jourEtHeure(a.quand)}
            {a.pointId && `, sur « ${p.points.find((x) => x.id === a.pointId)?.titre ?? ''} »`}
          </p>
          <p className="govuk-body c-lettre">{a.texte}</p>
          <p className="govuk-body-s">
            <Tag ton={a.etat === 'retenu' ? 'vert' : a.etat === 'ecarte' ? 'neutre' : 'laiton'}>{ETATS[a.etat]}</Tag> {a.reponse}
          </p>
          {p.tient && a.etat === 'propose' && (
            <>
              <Form action={`${base}/amendements/${a.id}/retenir`}>
                <Button variante="secondaire" petit>
                  Retenir<span className="govuk-visually-hidden"> l’amendement de {a.auteur}</span>
                </Button>
              </Form>
              <Details resume="Écarter" ouvert={p.champs.amendement === a.id}>
                <Form action={`${base}/amendements/${a.id}/ecarter`}>
                  <TextInput
                    nom="reponse"
                    id={`reponse-${a.id}`}
                    libelle={`Pourquoi écarter l’amendement de ${a.auteur}`}
                    valeur={p.champs.amendement === a.id ? (p.champs.reponse ?? '') : ''}
                    erreur={p.champs.amendement === a.id ? erreurDe(p.erreurs, 'reponse') : undefined}
                  />
                  <Button variante="secondaire" petit>
                    Écarter
                  </Button>
                </Form>
              </Details>
            </>
          )}
        </div>
      ))}
      {p.tient && p.amendements.some((a) => a.etat === 'retenu') && (
        <p className="govuk-body-s c-note">Un amendement retenu se porte dans le texte du point, ci-dessus.</p>
      )}
      {p.amende && (
        <Details resume="Proposer une correction" ouvert={p.erreurs.some((e) => e.champ === 'texte') && p.champs.version === undefined}>
          <Form action={`${base}/amender`}>
            <Select
              nom="point"
              libelle="Sur le point"
              vide="l’ensemble"
              valeur={p.champs.point ?? ''}
              options={p.points.map((x) => ({ valeur: x.id, libelle: x.titre }))}
            />
            <Textarea
              nom="texte"
              libelle="Votre correction"
              lignes={4}
              max={4000}
              valeur={p.champs.texte ?? ''}
              erreur={p.champs.version === undefined ? erreurDe(p.erreurs, 'texte') : undefined}
            />
            <Button variante="secondaire">Proposer</Button>
          </Form>
        </Details>
      )}
    </Section>
  );
}

/** Who gave it, or who noted it and what the president says of it. */
function direApprobation(a: Approbation, { catalogue }: ClorePageProps): string {
  const reponse =
    a.reponse && a.reponseLe
      ? ` ; ${a.reponse === 'confirmee' ? 'confirmée' : 'contestée'} par ${a.reponsePar}${EN_QUALITE[a.reponseVoie] ?? ''}${a.reponseDepuis ? `, ${AILLEURS}` : ''}${a.reponseParLien ? `, ${PAR_LIEN}` : ''}, le ${jourEtHeure(a.reponseLe)}${a.reponseMotif ? ` : « ${a.reponseMotif} »` : ''}`
      : '';
  if (!estNotee(a)) return `par ${a.par}${a.suppleant ? EN_QUALITE.suppleant : ''}, le ${jourEtHeure(a.quand)}${reponse}`;
  const qui = [a.noteePar, a.noteeDe ? catalogue.nomActeur(a.noteeDe) : ''].filter((x) => x !== '').join(', ');
  const note = `au nom de ${a.par}, ${qui ? `reçue, notée par ${qui},` : 'reçue par écrit'} le ${jourEtHeure(a.quand)} (${a.piece})`;
  return `${note}${reponse || ` ; pas encore confirmée par la présidence${a.sansAdresse ? ` ; ${SANS_ADRESSE}` : ''}`}`;
}

/** « Relevé arrêté le 12 mars 2027 ». */
const direReleve = (p: ClorePageProps, l: LigneDApprobation): string => {
  const r = p.releves.find((x) => x.empreinte === l.approbation?.empreinte);
  return r ? `Relevé arrêté le ${jourEtHeure(r.figeLe)}${r.version > 1 ? ` (rectificatif n° ${r.version - 1})` : ''}` : '';
};
/** The president named says that it is theirs, or that it is not. */
function Repondre(p: ClorePageProps & { ligne: LigneDApprobation; anterieure?: string }) {
  const url = `/seances/${p.seance.id}/approbations/repondre`;
  const empreinte = p.ligne.approbation?.empreinte ?? '';
  const ici = p.erreurs.some((e) => e.champ === 'contestation') && p.champs.empreinte === empreinte;
  return (
    <div className="c-amendement">
      <p className="govuk-body">
        {p.anterieure && `${p.anterieure}. `}
        {p.ligne.approbation &&
          `${estNotee(p.ligne.approbation) ? 'Cette approbation est notée en votre nom' : 'Votre suppléance a approuvé ce relevé'} : ${direApprobation(p.ligne.approbation, p)}. `}
        Dites si cette approbation est la vôtre.
      </p>
      {p.aNote(p.ligne) ? (
        <p className="govuk-body">Vous l’avez notée : une autre personne la confirme.</p>
      ) : (
        <Form action={url} masques={{ empreinte, acte: 'confirmer' }}>
          <Button>{p.ligne.approbation?.reponse === 'confirmee' ? 'La confirmer vous-même' : 'Confirmer cette approbation'}</Button>
        </Form>
      )}
      {p.ligne.etat !== 'contestee' && (
        <Details resume="Contester cette approbation" ouvert={ici}>
          <Form action={url} masques={{ empreinte, acte: 'contester' }}>
            <TextInput
              nom="contestation"
              libelle="Pourquoi elle n’est pas la vôtre"
              id={p.anterieure ? `contestation-${empreinte.slice(0, 8)}` : 'contestation'}
              valeur={ici ? (p.champs.contestation ?? '') : ''}
              erreur={ici ? erreurDe(p.erreurs, 'contestation') : undefined}
            />
            <Button variante="danger">Contester</Button>
          </Form>
        </Details>
      )}
    </div>
  );
}

/** Who presides and whether they approved this very text. */
export function Approbations(p: ClorePageProps) {
  const { seance: s } = p;
  const base = `/seances/${s.id}`;
  const fige = s.etat === 'figee';
  const mienne = p.approbations.find((a) => a.participant.id === p.approuve);
  const notee = p.approbations.find((a) => a.participant.id === p.repond);
  // What a president contests, they alone lift.
  const attendues = p.approbations.filter((a) => !a.seule && (a.etat === 'attendue' || a.etat === 'caduque'));
  const absence = erreurDe(p.erreurs, 'confirme_absence');
  if (p.approbations.length === 0)
    return (
      <Section titre="Approbation" id="approbations">
        <p className="govuk-body">Cette instance n’a pas de présidence : son secrétariat arrête le relevé.</p>
      </Section>
    );
  return (
    <Section titre={p.approbations.length > 1 ? `Approbation par les ${p.approbations.length} présidences` : 'Approbation par la présidence'} id="approbations">
      <Table
        legende="Approbations"
        legendeMasquee
        dense
        lignes={p.approbations}
        cle={(a) => a.participant.id}
        colonnes={[
          { cle: 'fonction', titre: 'Présidence', entete: true, cellule: (a) => a.participant.fonction },
          {
            cle: 'etat',
            titre: 'Approbation',
            cellule: (a) =>
              a.etat === 'attendue' ? (
                'attendue'
              ) : a.etat === 'donnee' ? (
                <>
                  <Tag ton={attendLaPresidence(a) ? 'laiton' : 'vert'}>approuvé</Tag> {a.approbation && direApprobation(a.approbation, p)}
                </>
              ) : a.etat === 'contestee' ? (
                <>
                  <Tag ton="garance">contestée</Tag> {a.approbation && direApprobation(a.approbation, p)}
                </>
              ) : (
                <>
                  <Tag ton="laiton">à redonner</Tag>{' '}
                  {a.seule
                    ? 'elle conteste ce qui fut noté en son nom d’un texte d’avant : elle seule approuve'
                    : `approuvé le ${a.approbation ? jourEtHeure(a.approbation.quand) : ''}, mais le texte a changé depuis`}
                </>
              ),
          },
        ]}
      />
      {p.anterieures.map((l) => (
        <p className="govuk-body" key={`${l.participant.id}-${l.approbation?.empreinte}`}>
          {direReleve(p, l)}, {l.participant.fonction} : {l.etat === 'contestee' && <Tag ton="garance">contestée</Tag>}{' '}
          {l.approbation && direApprobation(l.approbation, p)}.
        </p>
      ))}
      {notee && <Repondre {...p} ligne={notee} />}
      {p.repondAussi.map((l) => (
        <Repondre key={l.approbation?.empreinte} {...p} ligne={l} anterieure={direReleve(p, l)} />
      ))}
      {!fige && mienne && mienne.etat !== 'donnee' && (
        <Form action={`${base}/approuver`} masques={{ empreinte: p.empreinte }}>
          <p className="govuk-body">Relisez le projet ci-dessous. Votre approbation porte sur ce texte exactement : s’il change, elle tombe.</p>
          <Button>Approuver ce relevé</Button>
        </Form>
      )}
      {!fige && p.tient && attendues.length > 0 && (
        <Details resume="Enregistrer une approbation reçue" ouvert={p.erreurs.some((e) => e.champ === 'piece' || e.champ === 'confirme_absence')}>
          <Form action={`${base}/approbations`} masques={{ empreinte: p.empreinte }}>
            <Select
              nom="participant"
              libelle="Présidence"
              valeur={p.champs.participant ?? ''}
              options={attendues.map((a) => ({ valeur: a.participant.id, libelle: a.participant.fonction }))}
            />
            <TextInput
              nom="piece"
              libelle="Courrier ou message reçu"
              aide="Par exemple : message du cabinet, 12 janvier 2027."
              valeur={p.champs.piece ?? ''}
              erreur={erreurDe(p.erreurs, 'piece')}
            />
            {absence && (
              <Checkbox
                nom="confirme_absence"
                valeur={p.champs.participant ?? ''}
                libelle="L’approbation reçue est bien la sienne, quoique sa présence ne soit pas notée"
                erreur={absence}
              />
            )}
            <p className="govuk-body-s c-note">
              Le relevé dira que vous l’avez notée. La présidence et son suppléant l’apprennent par courriel : son lien permet de la confirmer ou de la
              contester, sans compte. Si leur siège n’a pas d’adresse, le relevé dira que personne n’a pu en être prévenu.
            </p>
            <Button variante="secondaire">Enregistrer l’approbation</Button>
          </Form>
        </Details>
      )}
    </Section>
  );
}
