import { enTextes, masquesDeVersion } from '../../../core/http/versions.ts';
import { Button } from '../../../ui/Button.tsx';
import { Radios } from '../../../ui/Choices.tsx';
import { Details } from '../../../ui/Details.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { InsetText } from '../../../ui/InsetText.tsx';
import { NotificationBanner } from '../../../ui/NotificationBanner.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../ui/SummaryList.tsx';
import { Textarea } from '../../../ui/Textarea.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { Timeline } from '../../../ui/Timeline.tsx';
import { capitale, isoDuMoment, jour, jourEtHeure } from '../../../ui/typographie.ts';
import { type ErreurDeChamp, erreurDe } from '../../../ui/types.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { chargeEnregistree, suiteEnregistree } from '../decisions.formulaires.ts';
import type { Decision } from '../decisions.queries.ts';
import { direSuite, ETATS_DECISION, type EtatDecision, estClose, NATURES, numeroEcrit } from '../decisions.rules.ts';
import type { VersionDecision } from '../listes.queries.ts';
import type { RappelAnnonce } from '../../echeances/index.ts';
import type { OptionDeCharge } from '../charge.rules.ts';
import type { Origine, OrigineChargee } from '../origines.ts';
import { RESERVES } from '../suite.rules.ts';
import { ChampsDecision } from './ChampsDecision.tsx';
import { EcheanceDite, EtatDecisionTag } from './EtatDecisionTag.tsx';

export interface DecisionPageProps {
  decision: Decision;
  origine: OrigineChargee;
  mots: Origine['mots'];
  catalogue: Catalogue;
  /** Keeps what made it; may tell where it is. */
  tient: boolean;
  suit: boolean;
  versions: readonly VersionDecision[];
  /** Who it may be given to. */
  choix: readonly OptionDeCharge[];
  rappel: RappelAnnonce | null;
  aujourdhui: string;
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
  conflit?: string;
}

export function DecisionPage(p: DecisionPageProps) {
  const { decision: d, catalogue: c } = p;
  const ligne = d.ligne ? c.lignes.get(d.ligne) : undefined;
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      {p.conflit && <NotificationBanner ton="alerte">{p.conflit}</NotificationBanner>}
      <PageHeader
        titre={d.libelle}
        surtitre={`${capitale(NATURES[d.nature])} ${numeroEcrit(d)}, ${p.origine.nom}`}
        etiquette={<EtatDecisionTag etat={d.etat} />}
      />
      <SummaryList
        lignes={[
          { cle: 'Chargé', valeur: [d.responsableNom, c.nomActeurA(d.responsableId, d.territoireId)].filter(Boolean).join(', ') },
          { cle: 'Échéance', valeur: <EcheanceDite d={d} aujourdhui={p.aujourdhui} long /> },
          ...(p.rappel ? [{ cle: 'Rappel', valeur: <RappelDit {...p} rappel={p.rappel} /> }] : []),
          ...(d.diteLe && d.ditePar
            ? [
                {
                  cle: `Dite ${ETATS_DECISION[d.etat]}`,
                  valeur: `par ${[d.ditePar, c.nomActeur(d.diteOrganisation ?? '')].filter(Boolean).join(', ')}, le ${jourEtHeure(d.diteLe)}, et non par ${c.nomActeurA(d.responsableId, d.territoireId)}`,
                },
              ]
            : []),
          ...(d.etat === 'bloque' ? [{ cle: 'Pour débloquer', valeur: d.condition }] : []),
          ...(d.preuve
            ? [
                {
                  cle: 'Preuve',
                  valeur: (
                    <>
                      {d.preuve}
                      {d.preuveLien && (
                        <>
                          {' '}
                          <a className="govuk-link" href={d.preuveLien} rel="noreferrer noopener">
                            Ouvrir la preuve
                          </a>
                        </>
                      )}
                    </>
                  ),
                },
              ]
            : []),
          ...(d.motif ? [{ cle: 'Motif', valeur: d.motif }] : []),
          {
            cle: 'Décidée',
            valeur: d.seanceId ? (
              <a className="govuk-link" href={`/seances/${d.seanceId}`}>
                en séance, le {jourEtHeure(d.creeLe)}
              </a>
            ) : (
              `hors séance, le ${jourEtHeure(d.creeLe)}`
            ),
          },
          ...(d.fiche
            ? [
                {
                  cle: 'Fiche',
                  valeur: (
                    <a className="govuk-link" href={`/fiches/${d.fiche}`}>
                      {d.fiche} {c.fiches.get(d.fiche)?.titre}
                    </a>
                  ),
                },
              ]
            : []),
          ...(ligne ? [{ cle: 'Engagement', valeur: `${ligne.id} ${ligne.libelle}` }] : []),
          ...(d.closeLe ? [{ cle: 'Close le', valeur: jour(d.closeLe) }] : []),
        ]}
      />
      {p.suit ? (
        <Suite {...p} />
      ) : (
        <InsetText>
          Cette décision est suivie par {c.nomActeurA(d.responsableId, d.territoireId)} et par {p.mots.garant}.
        </InsetText>
      )}
      {p.tient && !estClose(d.etat) && <Charge {...p} />}
      <Section titre="Ce qu’elle est devenue">
        <Timeline items={histoire(p)} />
      </Section>
    </>
  );
}

/** Who will be reminded, and when; addresses are for those who keep what made it. */
function RappelDit({ rappel: r, decision: d, tient, mots }: DecisionPageProps & { rappel: RappelAnnonce }) {
  const aQui = r.a.map((a) => (tient && a.nom ? `${a.nom} (${a.courriel})` : tient ? a.courriel : a.nom || d.responsableNom)).filter(Boolean);
  if (r.a.length === 0)
    return (
      <>
        Personne n’a d’adresse : ni qui en est chargé, ni {mots.garant}. Aucun rappel ne partira{d.echeance ? '' : ', et elle n’a pas d’échéance'}.
      </>
    );
  return (
    <>
      {r.le ? `Le ${jour(r.le)}, à ${aQui.join(', ') || mots.garant}.` : 'Sans échéance, aucun rappel ne part.'}
      {r.escalade && ` Sans réponse, ${r.escalade.a} est prévenue le ${jour(r.escalade.le)}.`}
    </>
  );
}

const ACTES: Record<EtatDecision, { libelle: string; aide: string }> = {
  a_faire: { libelle: 'À faire', aide: 'Rien n’a commencé.' },
  en_cours: { libelle: 'En cours', aide: 'Le travail a commencé.' },
  bloque: { libelle: 'Bloquée', aide: 'Elle n’avance plus sans une condition.' },
  fait: { libelle: 'Faite', aide: 'Elle est réalisée, avec sa preuve.' },
  abandonne: { libelle: 'Abandonnée', aide: 'On y renonce, avec la raison.' },
};

function Suite(p: DecisionPageProps) {
  const { decision: d } = p;
  const ici = p.champs.formulaire !== 'charge' && p.champs.version !== undefined;
  const champ = (nom: string, depart = '') => ({ nom, valeur: (ici ? p.champs[nom] : depart) ?? '', erreur: ici ? erreurDe(p.erreurs, nom) : undefined });
  const contenu: Partial<Record<EtatDecision, React.ReactNode>> = {
    bloque: <TextInput {...champ('condition', d.condition)} libelle="Ce qui débloquerait" />,
    fait: (
      <>
        <Textarea {...champ('preuve', d.preuve)} libelle="Ce qui le montre" lignes={2} max={2000} />
        <TextInput
          {...champ('preuve_lien', d.preuveLien)}
          libelle="Lien vers la preuve"
          facultatif
          aide="Une page de Concorde (/registres/…) ou une adresse https://."
        />
      </>
    ),
    abandonne: <Textarea {...champ('motif', d.motif)} libelle="Pourquoi" lignes={2} max={2000} />,
  };
  return (
    <Section titre="Où en est-elle ?">
      <Form action={`/decisions/${d.id}`} masques={masquesDeVersion(suiteEnregistree(d), ici ? p.champs : {})}>
        <Radios
          nom="etat"
          legende="État"
          valeur={ici ? (p.champs.etat ?? '') : d.etat}
          erreur={ici ? erreurDe(p.erreurs, 'etat') : undefined}
          options={(Object.keys(ACTES) as EtatDecision[])
            .filter((e) => p.tient || !RESERVES.includes(e) || d.etat === e)
            .map((e) => ({ valeur: e, ...ACTES[e], contenu: contenu[e] }))}
        />
        <Button>Enregistrer</Button>
      </Form>
    </Section>
  );
}

function Charge(p: DecisionPageProps) {
  const { decision: d } = p;
  const ici = p.champs.formulaire === 'charge';
  const depart = enTextes(chargeEnregistree(d).champs);
  const champ = (nom: string) => ({ nom, valeur: (ici ? p.champs[nom] : depart[nom]) ?? '', erreur: ici ? erreurDe(p.erreurs, nom) : undefined });
  return (
    <Details resume="Changer le texte, le responsable ou l’échéance" ouvert={ici}>
      <Form action={`/decisions/${d.id}/charge`} masques={masquesDeVersion(chargeEnregistree(d), ici ? p.champs : {})}>
        <ChampsDecision champ={champ} choix={p.choix} />
        <Button variante="secondaire">Enregistrer</Button>
      </Form>
    </Details>
  );
}

/** From the current version down to the first. */
function histoire(p: DecisionPageProps) {
  const { decision: d, catalogue: c } = p;
  const courante: VersionDecision = {
    version: d.version,
    par: d.diteLe && d.diteLe.getTime() === d.modifieLe.getTime() ? [d.modifiePar, c.nomActeur(d.diteOrganisation ?? '')].join(', ') : d.modifiePar,
    quand: d.modifieLe,
    contenu: {
      etat: d.etat,
      echeance: d.echeance,
      condition: d.condition,
      preuve: d.preuve,
      motif: d.motif,
      libelle: d.libelle,
      responsable_id: d.responsableId,
    },
  };
  const toutes = [courante, ...p.versions];
  return toutes.map((v, i) => {
    const avant = toutes[i + 1]?.contenu;
    const k = v.contenu;
    const changes = [
      ...(avant && avant.echeance !== k.echeance ? [`Échéance : ${k.echeance ? jour(k.echeance) : 'aucune'}`] : []),
      ...(avant && avant.responsable_id !== k.responsable_id ? [`En charge : ${c.nomActeurA(k.responsable_id, d.territoireId)}`] : []),
      ...(avant && avant.libelle !== k.libelle ? [`Texte précédent : ${avant.libelle}`] : []),
      ...[direSuite(k)].filter(Boolean),
    ];
    return {
      titre: avant ? (avant.etat === k.etat ? 'Modifiée' : capitale(ETATS_DECISION[k.etat])) : `Décidée, ${ETATS_DECISION[k.etat]}`,
      jour: isoDuMoment(v.quand),
      par: v.par,
      contenu: changes.length > 0 ? changes.join('. ') : undefined,
    };
  });
}
