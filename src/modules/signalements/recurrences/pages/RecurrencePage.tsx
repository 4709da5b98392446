import { abreger } from '../../../../core/couper.ts';
import { Button } from '../../../../ui/Button.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { Fait } from '../../../../ui/NotificationBanner.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { SummaryList } from '../../../../ui/SummaryList.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { Timeline } from '../../../../ui/Timeline.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { isoDuMoment, jour, jourDuMoment, pluriel } from '../../../../ui/typographie.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import { type DecisionDeListe, ETATS_DECISION, numeroEcrit } from '../../../decisions/index.ts';
import { libelleDEtat } from '../../circuits/circuit.rules.ts';
import type { Circuit } from '../../circuits/circuit.schema.ts';
import type { Circuits } from '../../circuits/circuits.ts';
import { etatDe } from '../../circuits/etats.ts';
import type { Demande } from '../../demandes/demandes.queries.ts';
import { MOMENTS, NOMS_DES_JOURS } from '../../points-chauds/periode.rules.ts';
import { direMotif, grilleDe } from '../motif.rules.ts';
import type { DecisionLiee, EvenementDeRecurrence, Recurrence } from '../recurrences.queries.ts';

type Liee = DecisionLiee & { decision: DecisionDeListe | null };
interface Props {
  catalogue: Catalogue;
  r: Recurrence;
  traite: boolean;
  circuit: Circuit | undefined;
  circuits: Circuits;
  demandes: readonly Demande[];
  /** Those that this reader may open. */
  lisibles: readonly Demande[];
  evenements: readonly EvenementDeRecurrence[];
  liees: readonly Liee[];
  /** Decisions that may still be linked. */
  choix: readonly DecisionDeListe[];
  suiveurs: number;
  erreurs: readonly ErreurDeChamp[];
  champs: Readonly<Record<string, string>>;
  fait: string;
}
const FAITS: Readonly<Record<string, string>> = {
  close: 'Le suivi est clos. Un nouveau signalement au même endroit le rouvrira.',
  decision: 'La décision est liée à ce lieu.',
  effet: 'L’effet est dit à ceux qui ont signalé et à ceux qui suivent le lieu.',
};
const ACTES: Readonly<Record<string, string>> = {
  ouverte: 'Suivi ouvert',
  signalement: 'Nouveau signalement',
  rouverte: 'De nouveau signalé : suivi rouvert',
  close: 'Suivi clos',
  decision: 'Décision liée',
  effet: 'Effet dit aux habitants',
};

export function RecurrencePage(p: Props) {
  const { r, catalogue: cat } = p;
  const grille = grilleDe(p.demandes);
  const motif = direMotif(grille);
  const lieu = [r.adresse, cat.territoires.get(r.territoireId)?.nom ?? r.territoireId].filter(Boolean).join(', ');
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <Fait code={p.fait} mots={FAITS} />
      <PageHeader
        surtitre={[p.circuit?.titre, lieu].filter(Boolean).join(', ')}
        titre={r.titre}
        etiquette={<Tag ton={r.closeLe ? 'neutre' : 'bleu'}>{r.closeLe ? 'Suivi clos' : 'Lieu suivi'}</Tag>}
        chapo={`${pluriel(p.demandes.length, 'signalement')} depuis le ${jour(p.demandes.map((d) => d.jour).sort()[0] ?? '')}. ${motif}`}
      />
      <SummaryList
        lignes={[
          { cle: 'Service', valeur: cat.nomActeurA(r.serviceId, r.territoireId) },
          { cle: 'Suivi ouvert', valeur: jourDuMoment(r.ouverteLe) },
          ...(r.closeLe ? [{ cle: 'Suivi clos', valeur: jourDuMoment(r.closeLe) }] : []),
          ...(r.retours > 0 ? [{ cle: 'Retours', valeur: `signalé de nouveau ${pluriel(r.retours, 'fois', 'fois')} après une clôture` }] : []),
          { cle: 'Suivi par', valeur: p.suiveurs === 0 ? 'personne encore parmi ceux qui ont signalé' : pluriel(p.suiveurs, 'habitant') },
        ]}
      />
      <Section titre="Quand">
        <Table
          legende="Signalements par jour et par moment"
          legendeMasquee
          dense
          colonnes={[
            { cle: 'jour', titre: 'Jour', entete: true, cellule: (l) => l.jour },
            ...[...MOMENTS.map((m) => m.libelle), 'Heure non dite'].map((titre, i) => ({
              cle: titre,
              titre,
              numerique: true,
              cellule: (l: { jour: string; nombres: readonly number[] }) => String(l.nombres[i] ?? 0),
            })),
          ]}
          lignes={NOMS_DES_JOURS.map((nom, i) => ({ jour: nom, nombres: grille[i] ?? [] }))}
          cle={(l) => l.jour}
        />
      </Section>
      <Section titre="Décisions">
        {p.liees.map((x) => (
          <DecisionDeLieu key={x.decisionId} x={x} p={p} />
        ))}
        {p.liees.length === 0 && <p className="govuk-body">Aucune décision n’est liée à ce lieu.</p>}
        {p.traite && p.choix.length > 0 && (
          <Form action={`/signalements/recurrences/${r.id}/decision`}>
            <Select
              nom="decision"
              libelle="Décision prise à cause de ces signalements"
              vide="Choisissez"
              erreur={erreurDe(p.erreurs, 'decision')}
              options={p.choix.map((d) => ({ valeur: d.id, libelle: abreger(`${numeroEcrit(d)} ${d.origine} : ${d.libelle}`, 160) }))}
            />
            <Button variante="secondaire">Lier cette décision</Button>
          </Form>
        )}
      </Section>
      <Table
        legende="Signalements"
        dense
        colonnes={[
          {
            cle: 'demande',
            titre: 'Demande',
            entete: true,
            cellule: (d) => (
              <a className="govuk-link" href={`/signalements/demandes/${d.id}`}>
                n° {d.numero}
              </a>
            ),
          },
          { cle: 'jour', titre: 'Jour', cellule: (d) => `${jour(d.jour)}${d.heure === null ? '' : `, ${d.heure}\u00a0h`}` },
          { cle: 'adresse', titre: 'Adresse', cellule: (d) => d.adresse || 'non précisée' },
          { cle: 'etat', titre: 'État', cellule: (d) => <Tag ton={etatDe(d.etat).ton}>{libelleDEtat(p.circuits.get(d.circuit), d.etat)}</Tag> },
        ]}
        lignes={p.lisibles}
        cle={(d) => d.id}
      />
      {p.traite && !r.closeLe && (
        <Details resume="Clore le suivi" ouvert={erreurDe(p.erreurs, 'message') !== undefined}>
          <Form action={`/signalements/recurrences/${r.id}/clore`}>
            <Textarea
              nom="message"
              libelle="Ce qui a cessé, ou pourquoi le suivi s’arrête"
              aide="Lu par ceux qui suivent le lieu. Sans nom de personne."
              valeur={p.champs.message}
              erreur={erreurDe(p.erreurs, 'message')}
              max={2000}
              lignes={3}
            />
            <Button>Clore le suivi</Button>
          </Form>
        </Details>
      )}
      <Section titre="Ce qui s’est passé">
        <Timeline
          items={[...p.evenements].reverse().map((e) => ({
            titre: ACTES[e.acte] ?? e.acte,
            jour: isoDuMoment(e.quand),
            par: e.auteur || undefined,
            contenu: (
              <>
                {e.message && <p className="govuk-body">{e.message}</p>}
                {e.lien && (
                  <p className="govuk-body">
                    <a className="govuk-link" href={e.lien}>
                      Voir
                    </a>
                  </p>
                )}
              </>
            ),
          }))}
        />
      </Section>
    </>
  );
}

function DecisionDeLieu({ x, p }: { x: Liee; p: Props }) {
  if (!x.decision) return <p className="govuk-body">Une décision que vous ne pouvez pas lire.</p>;
  const champ = `effet-${x.decisionId}`;
  const { decision: d } = x;
  return (
    <>
      <p className="govuk-body">
        <a className="govuk-link" href={`/decisions/${d.id}`}>
          {numeroEcrit(d)} {d.origine}
        </a>{' '}
        : {d.libelle} <Tag ton={d.closeLe ? 'vert' : 'bleu'}>{ETATS_DECISION[d.etat]}</Tag>
      </p>
      {x.effetLe && (
        <p className="govuk-body">
          Effet dit le {jourDuMoment(x.effetLe)} : {x.effet}
        </p>
      )}
      {p.traite && d.closeLe && !x.effetLe && (
        <Form action={`/signalements/recurrences/${p.r.id}/effet`} masques={{ decision: d.id }}>
          <Textarea
            nom="effet"
            id={champ}
            libelle="Ce que cette décision a changé"
            aide="Dit à ceux qui ont signalé, sur leur page de suivi et par courriel, et à ceux qui suivent le lieu. Sans nom de personne."
            valeur={p.champs[champ]}
            erreur={erreurDe(p.erreurs, champ)}
            max={2000}
            lignes={3}
          />
          <Button>Dire l’effet</Button>
        </Form>
      )}
    </>
  );
}
