import { Button } from '../../../../ui/Button.tsx';
import { Checkbox } from '../../../../ui/Choices.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { Section } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { jourEtHeure } from '../../../../ui/typographie.ts';
import { erreurDe } from '../../../../ui/types.ts';
import { direPar, NE_PLUS_CONTESTER, UNE_AUTRE_PERSONNE } from '../../paroles/lien.rules.ts';
import { aCoteEcrit, direDabord, SANS_ADRESSE } from '../../releve/approbations.rules.ts';
import { AILLEURS } from '../../releve/qualites.rules.ts';
import { actesDe, attendLaPresidence, type Chaise, ditACote, donneePour, EN_QUALITE, estNotee, type LigneDApprobation } from '../cloture.rules.ts';
import type { Approbation } from '../contenu.queries.ts';
import type { ClorePageProps } from './clore.modele.ts';

/** Who gave it, or who noted it and what the president says of it; what is said beside. */
const direApprobation = (a: Approbation, p: ClorePageProps): string =>
  [direDonnee(a, p), ...direDabord(ditACote(a).map((m) => ({ ...aCoteEcrit(m), motif: m.motif })))].join(' ; ');
function direDonnee(a: Approbation, { catalogue }: ClorePageProps): string {
  const reponse =
    a.reponse && a.reponseLe
      ? ` ; ${a.reponse === 'confirmee' ? 'confirmée' : 'contestée'} ${direPar(a.reponsePar, a.reponseParLien)}${EN_QUALITE[a.reponseVoie] ?? ''}${a.reponseDepuis ? `, ${AILLEURS}` : ''}, le ${jourEtHeure(a.reponseLe)}${a.reponseMotif ? ` : « ${a.reponseMotif} »` : ''}`
      : '';
  if (!estNotee(a)) return `par ${a.par}${EN_QUALITE[a.voie] ?? ''}${a.depuis ? `, ${AILLEURS}` : ''}, le ${jourEtHeure(a.quand)}${reponse}`;
  const qui = [a.noteePar, a.noteeDe ? catalogue.nomActeur(a.noteeDe) : ''].filter((x) => x !== '').join(', ');
  const note = `au nom de ${a.par}, ${qui ? `reçue, notée par ${qui},` : 'reçue par écrit'} le ${jourEtHeure(a.quand)} (${a.piece})`;
  return `${note}${reponse || ` ; pas encore confirmée par la présidence${a.sansAdresse ? ` ; ${SANS_ADRESSE}` : ''}`}`;
}

const direReleve = (p: ClorePageProps, l: LigneDApprobation): string => {
  const r = p.releves.find((x) => x.empreinte === l.approbation?.empreinte);
  if (r === undefined) return l.approbation && l.etat === 'caduque' ? `Texte du ${jourEtHeure(l.approbation.quand)}, qui a changé depuis` : '';
  return p.seance.etat === 'figee' && r === p.releves[0]
    ? ''
    : `Relevé arrêté le ${jourEtHeure(r.figeLe)}${r.version > 1 ? ` (rectificatif n° ${r.version - 1})` : ''}`;
};
/** « Pour : Maire, en suppléance de Fatou Ndiaye »; empty for who held their only chair that day. */
function direChaise({ ligne: { participant: x }, voie }: Chaise, plusieurs: boolean): string {
  if (voie === 'titulaire') return plusieurs ? `Pour : ${x.fonction}.` : '';
  if (voie === 'suppleant') return `Pour : ${x.fonction}, en suppléance${x.nom ? ` de ${x.nom}` : ''}.`;
  return `Pour : ${x.fonction}${EN_QUALITE[voie]}.`;
}
const DONNEES = {
  titulaire: ['Cette approbation a été donnée en votre nom d’une autre adresse', 'Cette approbation a été donnée'],
  suppleant: ['Votre suppléance a approuvé ce relevé', 'La suppléance de qui présidait a approuvé ce relevé'],
  successeur: ['Qui préside désormais a approuvé ce relevé', 'Qui préside désormais a approuvé ce relevé'],
  suppleant_successeur: ['La suppléance de qui préside désormais a approuvé ce relevé', 'Votre suppléance a approuvé ce relevé'],
} as const;
/** Who gave it, or that it is noted, to who speaks for that chair. */
function direQui(a: Approbation, { ligne, voie }: Chaise): string {
  const donnee = donneePour(a);
  if (donnee) return DONNEES[donnee][voie === 'titulaire' ? 0 : 1];
  return voie === 'titulaire'
    ? 'Cette approbation est notée en votre nom'
    : `Cette approbation est notée au nom de ${ligne.participant.nom || 'la présidence'}`;
}
/** Who speaks for a chair says that it is theirs, or that it is not. */
function Repondre(p: ClorePageProps & { chaise: Chaise; anterieure: string }) {
  const { ligne } = p.chaise;
  const actes = actesDe(p.chaise);
  const url = `/seances/${p.seance.id}/approbations/repondre`;
  const a = ligne.approbation;
  if (!a) return null;
  const masques = { empreinte: a.empreinte, participant: ligne.participant.id };
  const ici =
    p.erreurs.some((e) => e.champ === 'contestation') &&
    p.champs.empreinte === a.empreinte &&
    (p.champs.participant ?? masques.participant) === masques.participant;
  const pour = direChaise(p.chaise, p.plusieurs);
  const lue = <span className="govuk-visually-hidden"> ({[ligne.participant.fonction, p.anterieure].filter(Boolean).join(', ')})</span>;
  return (
    <div className="c-amendement">
      {pour && <p className="govuk-body-s c-note">{pour}</p>}
      <p className="govuk-body">
        {p.anterieure && `${p.anterieure}. `}
        {direQui(a, p.chaise)} : {direApprobation(a, p)}. Dites si cette approbation est {p.chaise.voie === 'titulaire' ? 'la vôtre' : 'celle de la présidence'}
        .
      </p>
      {p.chaise.voie === 'convoque_dabord' ? (
        <p className="govuk-body">{UNE_AUTRE_PERSONNE}</p>
      ) : actes.includes('confirmee') && p.aNote(ligne) ? (
        <p className="govuk-body">Vous l’avez notée : une autre personne la confirme.</p>
      ) : actes.includes('confirmee') ? (
        <Form action={url} masques={{ ...masques, acte: 'confirmer' }}>
          <Button>
            {a.reponse === 'confirmee' ? 'La confirmer vous-même' : 'Confirmer cette approbation'}
            {lue}
          </Button>
        </Form>
      ) : null}
      {actes.includes('reprise') && (
        <Form action={url} masques={{ ...masques, acte: 'reprendre' }}>
          <p className="govuk-body">{NE_PLUS_CONTESTER}</p>
          <Button variante="secondaire">Ne plus contester{lue}</Button>
        </Form>
      )}
      {actes.includes('contestee') && (
        <Details resume="Contester cette approbation" ouvert={ici}>
          <Form action={url} masques={{ ...masques, acte: 'contester' }}>
            <TextInput
              nom="contestation"
              libelle={p.chaise.voie === 'titulaire' ? 'Pourquoi elle n’est pas la vôtre' : 'Pourquoi elle n’est pas celle de la présidence'}
              id={ici ? 'contestation' : `contestation-${masques.participant.slice(0, 8)}-${a.empreinte.slice(0, 8)}`}
              valeur={ici ? (p.champs.contestation ?? '') : ''}
              erreur={ici ? erreurDe(p.erreurs, 'contestation') : undefined}
            />
            <Button variante="danger">Contester{lue}</Button>
          </Form>
        </Details>
      )}
    </div>
  );
}
function Approuver(p: ClorePageProps & { chaise: Chaise }) {
  const pour = direChaise(p.chaise, p.plusieurs);
  return (
    <Form action={`/seances/${p.seance.id}/approuver`} masques={{ empreinte: p.empreinte, participant: p.chaise.ligne.participant.id }}>
      {pour && <p className="govuk-body-s c-note">{pour}</p>}
      <Button>
        Approuver ce relevé<span className="govuk-visually-hidden"> ({p.chaise.ligne.participant.fonction})</span>
      </Button>
    </Form>
  );
}

const SEULE = 'rien d’autre n’est noté pour elle tant qu’elle n’approuve pas elle-même, avec son compte, ou ne cesse de contester, par le lien reçu';
/** Who presides and whether they approved this very text. */
export function Approbations(p: ClorePageProps) {
  const { seance: s } = p;
  const base = `/seances/${s.id}`;
  const fige = s.etat === 'figee';
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
              ) : a.etat !== 'caduque' ? (
                <>
                  <Tag ton={a.etat === 'contestee' ? 'garance' : attendLaPresidence(a) ? 'laiton' : 'vert'}>
                    {a.etat === 'contestee' ? 'contestée' : 'approuvé'}
                  </Tag>{' '}
                  {a.approbation && direApprobation(a.approbation, p)}
                  {a.seule && !fige && ` ; ${SEULE}`}
                </>
              ) : (
                <>
                  <Tag ton="laiton">à redonner</Tag>{' '}
                  {a.seule
                    ? `elle conteste ce qui fut noté d’un texte d’avant : ${SEULE}`
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
      {p.repond.map((x) => (
        <Repondre key={`${x.ligne.participant.id}-${x.ligne.approbation?.empreinte}`} {...p} chaise={x} anterieure={direReleve(p, x.ligne)} />
      ))}
      {!fige && p.approuve.length > 0 && (
        <p className="govuk-body">Relisez le projet ci-dessous. Votre approbation porte sur ce texte exactement : s’il change, elle tombe.</p>
      )}
      {!fige && p.approuve.map((x) => <Approuver key={x.ligne.participant.id} {...p} chaise={x} />)}
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
              Le relevé dira que vous l’avez notée. La présidence et son suppléant l’apprennent par courriel et la confirment ou la contestent : sans compte
              depuis l’adresse de la convocation, sinon avec celui de leur adresse. Si leur siège n’a pas d’adresse, le relevé dira que personne n’a pu en être
              prévenu.
            </p>
            <Button variante="secondaire">Enregistrer l’approbation</Button>
          </Form>
        </Details>
      )}
    </Section>
  );
}
