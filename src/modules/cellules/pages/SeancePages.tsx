import type { ErreurDeChamp } from '../../../core/errors.ts';
import { Button, LinkButton } from '../../../ui/Button.tsx';
import { Checkboxes } from '../../../ui/Choices.tsx';
import { DateInput } from '../../../ui/DateInput.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { Select } from '../../../ui/Select.tsx';
import { SummaryList } from '../../../ui/SummaryList.tsx';
import { Table } from '../../../ui/Table.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { enumerer, heure, heureDuMoment, jour } from '../../../ui/typographie.ts';
import { signataires, type Vue } from '../cellules.contexte.ts';
import { direCode } from '../charte/charte.rules.ts';
import type { Charte } from '../charte/charte.schema.ts';
import type { Point, Presence, Proposable, Seance } from '../seances/seances.queries.ts';
import { ETATS_DE_SEANCE, type EtatDeSeance } from '../seances/seances.rules.ts';
import type { Lue } from '../situations/contenu.ts';
import type { Orientation, Situation } from '../situations/situations.queries.ts';
import { ETATS } from '../situations/situations.rules.ts';

export function ConvoquerPage({ vue: v, champs, erreurs }: { vue: Vue; champs: Readonly<Record<string, string>>; erreurs: readonly ErreurDeChamp[] }) {
  const champ = (nom: string) => ({ nom, valeur: champs[nom] ?? '', erreur: erreurs.find((e) => e.champ === nom)?.message });
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <PageHeader
        titre="Convoquer une séance"
        surtitre={v.nom}
        chapo="Chaque membre reçoit un avis qui ne dit rien, et un rendez-vous confidentiel sur la page de la séance."
      />
      <p className="govuk-body">
        Tenue, elle compte parmi les réunions de son mois. Ne la convoquez pas une seconde fois parmi les séances des instances : elle compterait deux fois.
      </p>
      <Form action={`/cellules/${v.cellule.id}/seances/convoquer`}>
        <DateInput {...champ('jour')} libelle="Jour" />
        <TextInput {...champ('heure')} libelle="Heure" type="time" largeur={5} />
        <Select
          {...champ('preside')}
          libelle="Présidence"
          vide="Choisir"
          aide="Qui préside ouvre et ferme chaque point."
          options={signataires(v).map((m) => ({ valeur: m.id, libelle: `${m.nom}, ${v.cat.nomActeur(m.organisationId)}` }))}
        />
        <Button>Convoquer</Button>
      </Form>
    </>
  );
}

const TONS = { prevue: 'bleu', ouverte: 'vert', close: 'neutre', passee: 'neutre' } as const;
interface Props {
  vue: Vue & { moi: NonNullable<Vue['moi']> };
  seance: Seance;
  etat: EtatDeSeance;
  points: readonly Point[];
  presences: readonly Presence[];
  proposables: readonly Proposable[];
  erreurs: readonly ErreurDeChamp[];
}
export function SeancePage(p: Props) {
  const { vue: v, seance: s, etat } = p;
  const base = `/cellules/${v.cellule.id}/seances/${s.id}`;
  const preside = v.membres.find((m) => m.id === s.presideId);
  const la = p.presences.some((x) => x.membreId === v.moi.id && x.partiLe === null);
  const jourMeme = s.jour === v.aujourdhui && !s.closeLe;
  const jePreside = v.moi.id === s.presideId;
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader
        titre={`Séance du ${jour(s.jour)}`}
        surtitre={v.nom}
        chapo={`À ${heure(s.heure)}. Présidence : ${preside?.nom ?? 'ancien membre'}.`}
        etiquette={<Tag ton={TONS[etat]}>{ETATS_DE_SEANCE[etat]}</Tag>}
        actions={
          <>
            <LinkButton href={`${base}/agenda.ics`} variante="secondaire" petit telecharger>
              Mon calendrier
            </LinkButton>
            {etat === 'ouverte' && la && (
              <LinkButton href={`${base}/projeter`} variante="secondaire" petit>
                Vue projetée, sans nom
              </LinkButton>
            )}
          </>
        }
      />
      <div className="govuk-button-group">
        {jourMeme && !la && <Geste action={`${base}/present`} libelle="Je suis dans la salle" />}
        {la && jourMeme && <Geste action={`${base}/partir`} libelle="Je pars" secondaire />}
        {etat === 'prevue' && jePreside && jourMeme && <Geste action={`${base}/ouvrir`} libelle="Ouvrir la séance" />}
        {etat === 'ouverte' && jePreside && <Geste action={`${base}/fermer`} libelle="Clore la séance" secondaire />}
        {etat === 'prevue' && !jePreside && <Geste action={`${base}/presider`} libelle="Prendre la présidence" secondaire />}
      </div>
      {jourMeme && !la && <p className="govuk-body">Attester sa présence et ouvrir un point demandent que la cellule soit ouverte par votre phrase.</p>}
      <OrdreDuJour {...p} base={base} la={la} jePreside={jePreside} />
      <Presents {...p} />
      {p.proposables.length > 0 && (
        <Section titre="Inscrire à l’ordre du jour">
          <p className="govuk-body">Seuls les numéros se lisent ici : on prépare sans ouvrir ce qui n’est pas à soi.</p>
          <Form action={`${base}/inscrire`}>
            <Checkboxes
              nom="situations"
              legende="Situations prêtes"
              petit
              erreur={p.erreurs.find((e) => e.champ === 'situations')?.message}
              options={p.proposables.map((x) => ({ valeur: x.id, libelle: `Situation n° ${x.numero}, ${ETATS[x.etat].toLowerCase()} le ${jour(x.etatLe)}` }))}
            />
            <Button variante="secondaire">Inscrire</Button>
          </Form>
        </Section>
      )}
    </>
  );
}

function Geste({ action, libelle, secondaire = false }: { action: string; libelle: string; secondaire?: boolean }) {
  return (
    <Form action={action}>
      <Button variante={secondaire ? 'secondaire' : 'principal'}>{libelle}</Button>
    </Form>
  );
}

function OrdreDuJour({ vue: v, etat, points, base, la, jePreside }: Props & { base: string; la: boolean; jePreside: boolean }) {
  const ouvert = (p: Point) => p.ouvertLe !== null && p.closLe === null;
  const dire = (p: Point) => {
    if (ouvert(p) && etat === 'ouverte') return <Tag ton="vert">Ouvert depuis {heureDuMoment(p.ouvertLe ?? new Date(0))}</Tag>;
    return p.closLe ? <Tag>Examiné</Tag> : <Tag ton="bleu">À examiner</Tag>;
  };
  return (
    <Section titre="Ordre du jour">
      {points.length === 0 ? (
        <EmptyState titre="Rien encore">Inscrivez les situations déclarées recevables.</EmptyState>
      ) : (
        <Table
          legende="Ordre du jour"
          legendeMasquee
          lignes={points}
          cle={(p) => p.id}
          colonnes={[
            {
              cle: 'point',
              titre: 'Point',
              entete: true,
              cellule: (p) =>
                ouvert(p) && la && etat === 'ouverte' ? (
                  <a className="govuk-link" href={`/cellules/${v.cellule.id}/situations/${p.situationId}`}>
                    Situation n° {p.numero}
                  </a>
                ) : (
                  `Situation n° ${p.numero}`
                ),
            },
            { cle: 'etat', titre: 'État', cellule: dire },
            {
              cle: 'geste',
              titre: 'Geste',
              titreMasque: true,
              cellule: (p) => (
                <div className="govuk-button-group">
                  {etat === 'ouverte' && jePreside && !ouvert(p) && (
                    <Form action={`${base}/points/${p.id}/ouvrir`}>
                      <Button petit>
                        Ouvrir <span className="govuk-visually-hidden">la situation n° {p.numero}</span>
                      </Button>
                    </Form>
                  )}
                  {etat === 'ouverte' && jePreside && ouvert(p) && (
                    <Form action={`${base}/points/${p.id}/clore`}>
                      <Button petit variante="secondaire">
                        Fermer <span className="govuk-visually-hidden">la situation n° {p.numero}</span>
                      </Button>
                    </Form>
                  )}
                  {(etat === 'prevue' || etat === 'ouverte') && p.ouvertLe === null && (
                    <Form action={`${base}/oter/${p.id}`}>
                      <Button petit variante="secondaire">
                        Ôter <span className="govuk-visually-hidden">la situation n° {p.numero}</span>
                      </Button>
                    </Form>
                  )}
                </div>
              ),
            },
          ]}
        />
      )}
    </Section>
  );
}

function Presents({ vue: v, presences }: Props) {
  return (
    <Section titre="Présents">
      <Table
        legende="Présents, chacun l’a attesté"
        legendeMasquee
        lignes={presences}
        cle={(x) => `${x.membreId} ${x.le.toISOString()}`}
        vide={<p className="govuk-body">Personne encore : chacun l’atteste depuis sa propre page, le jour venu.</p>}
        colonnes={[
          { cle: 'nom', titre: 'Nom', entete: true, cellule: (x) => v.membres.find((m) => m.id === x.membreId)?.nom ?? 'Ancien membre' },
          { cle: 'institution', titre: 'Institution', cellule: (x) => v.cat.nomActeur(x.organisationId) },
          { cle: 'heures', titre: 'Présence', cellule: (x) => `${heureDuMoment(x.le)}${x.partiLe ? ` à ${heureDuMoment(x.partiLe)}` : ''}` },
        ]}
      />
    </Section>
  );
}

interface PropsProjetees {
  vue: Vue;
  charte: Charte;
  seance: Seance;
  situation: Situation | null;
  lue: Lue | null;
  orientations: readonly Orientation[];
}
/** On the wall of the room: large, and nothing by which somebody is known. */
export function ProjectionPage({ vue: v, charte, seance, situation: s, lue, orientations }: PropsProjetees) {
  const retour = (
    <p className="govuk-body">
      <a className="govuk-link" href={`/cellules/${v.cellule.id}/seances/${seance.id}`}>
        Revenir à la séance
      </a>
    </p>
  );
  if (!s || !lue)
    return (
      <>
        <PageHeader titre="Aucun point ouvert" chapo="Cette page suit l’ordre du jour. Rien ne s’y affiche entre deux points." />
        {retour}
      </>
    );
  return (
    <>
      <PageHeader titre={`Situation n° ${s.numero}`} etiquette={<Tag ton="bleu">{ETATS[s.etat]}</Tag>} />
      <SummaryList
        lignes={[
          ...(lue.saisine
            ? [
                { cle: 'Origine', valeur: direCode(charte, 'origines', lue.saisine.origine) },
                { cle: 'Difficulté', valeur: direCode(charte, 'difficultes', lue.saisine.difficulte) },
              ]
            : []),
          ...lue.apports
            .filter((a) => !a.retireeLe)
            .map((a) => ({ cle: v.cat.nomActeur(a.organisationId), valeur: enumerer(a.codes.map((x) => direCode(charte, 'apports', x))) })),
          ...orientations.map((x) => ({
            cle: `Orientation du ${jour(x.faiteLe)}`,
            valeur: `${direCode(charte, 'orientations', x.genre)} : ${x.issue ? direCode(charte, 'issues', x.issue) : 'en attente'}`,
          })),
        ]}
      />
      {retour}
    </>
  );
}
