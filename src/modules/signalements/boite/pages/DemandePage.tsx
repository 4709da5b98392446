import type { ReactNode } from 'react';
import { Button } from '../../../../ui/Button.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { InsetText } from '../../../../ui/InsetText.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../../ui/SummaryList.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { Timeline } from '../../../../ui/Timeline.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { isoDuMoment, jour, jourEtHeure, pluriel } from '../../../../ui/typographie.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import { categorieDe, libelleDEtat } from '../../circuits/circuit.rules.ts';
import { type Circuit, estMuet } from '../../circuits/circuit.schema.ts';
import { attendUnService, type CodeEtat, etatDe } from '../../circuits/etats.ts';
import type { Demande, Evenement } from '../../demandes/demandes.queries.ts';
import type { Proche } from '../../demandes/proches.queries.ts';
import { PhotosDuService } from '../../photos/PhotosSection.tsx';
import type { PhotoDeDemande } from '../../photos/photos.queries.ts';
import { Agir, Dire } from './Agir.tsx';
import type { Recurrence } from '../../recurrences/recurrences.queries.ts';
import { direLieu, direQuand, lignesDeReponses } from '../../signaler/pages/SignalerPage.tsx';
import { canauxDe } from '../../signalements.source.ts';
import { direDelai } from './BoitePage.tsx';

export interface DemandePageProps {
  d: Demande;
  circuit: Circuit | undefined;
  catalogue: Catalogue;
  evenements: readonly Evenement[];
  jointes: readonly Demande[];
  /** The place that comes back of which it is. */
  recurrence: Recurrence | null;
  /** Who holds the role to which a rule gave it, or since when nobody does; null when it is a service's. */
  referents: string | null;
  /** This one and those that say that its place comes back; empty when nobody would follow it. */
  memes: readonly string[];
  photos: readonly PhotoDeDemande[];
  suiveurs: number;
  meneur: Demande | null;
  proches: readonly Proche[];
  suites: readonly CodeEtat[];
  traite: boolean;
  /** Reads all that is written of it. */
  entier: boolean;
  /** What the organisation that asked may say of it. */
  dires: readonly CodeEtat[];
  /** May what it is about, where and when still be corrected? */
  corrigeable: boolean;
  /** Whom the rules name since it was corrected, when it is another service. */
  revientA: string | null;
  aujourdhui: string;
  erreurs: readonly ErreurDeChamp[];
  champs: Readonly<Record<string, string>>;
}

const CANAUX: Readonly<Record<string, string>> = { web: 'Formulaire public', partenaire: 'Partenaire', open311: 'Programme tiers (Open311)' };
const ECRITS = { message: 'Réponse', motif: 'Raison', note: 'Note' } as const;
const ACTES: Readonly<Record<string, string>> = {
  recu: 'Reçue',
  etat: 'Passée à',
  note: 'Note',
  prise: 'Prise',
  jointe: 'Jointe à une autre',
  rejointe: 'Une autre lui est jointe',
  disjointe: 'N’est plus jointe',
  separee: 'Une autre n’est plus jointe',
  message: 'Message à ceux qui suivent',
  requalifiee: 'Objet, lieu ou jour corrigé',
  'avec-le-meneur': 'Comme la demande qui la mène',
};

export function DemandePage(p: DemandePageProps) {
  const { d, circuit, catalogue: cat } = p;
  // It moved meanwhile, and nothing more may be said of it: what was typed is not lost.
  const ecrits = (['message', 'motif', 'note'] as const).flatMap((n) => (p.champs[n] ? [{ cle: ECRITS[n], valeur: p.champs[n] }] : []));
  const canal = CANAUX[d.canal] ?? canauxDe(cat).find((x) => x.code === d.canal)?.libelle ?? d.canal;
  const lien = (x: Pick<Demande, 'id' | 'numero' | 'titre'>) => (
    <a className="govuk-link" href={`/signalements/demandes/${x.id}`}>
      n° {x.numero}, {x.titre}
    </a>
  );
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader
        surtitre={`${circuit?.titre ?? d.circuit}, n° ${d.numero}`}
        titre={d.titre}
        etiquette={
          <>
            <Tag ton={etatDe(d.etat).ton}>{libelleDEtat(circuit, d.etat)}</Tag> {d.closLe ? '' : direDelai(d, p.aujourdhui)}
          </>
        }
      />
      {p.meneur && (
        <InsetText>
          Jointe à la demande {lien(p.meneur)} : ce qui est fait pour elle vaut pour celle-ci.
          {p.traite && (
            <Form action={`/signalements/demandes/${d.id}/disjoindre`}>
              <Button variante="secondaire" petit>
                Ne plus la joindre
              </Button>
            </Form>
          )}
        </InsetText>
      )}
      <SummaryList
        lignes={[
          { cle: 'Reçue', valeur: `${jourEtHeure(d.recuLe)}, ${canal}` },
          ...(d.auteurOrganisation ? [{ cle: 'Demandée par', valeur: cat.nomActeurA(d.auteurOrganisation, d.territoireId) }] : []),
          { cle: 'Lieu', valeur: direLieu(cat, d) },
          { cle: 'Faits', valeur: direQuand(d) },
          ...lignesDeReponses(circuit && categorieDe(circuit, d.categorie), d.reponses),
          { cle: 'Texte', valeur: d.texte || 'aucun' },
          ...(p.entier
            ? []
            : [
                {
                  cle: 'Réservé',
                  valeur:
                    'Le texte entier, le lieu exact et les réponses, aux questions comme du service, sont lus par qui a la charge de la demande et par l’organisation qui l’a faite.',
                },
              ]),
          { cle: 'Service', valeur: [cat.nomActeurA(d.serviceId, d.territoireId), d.agent].filter(Boolean).join(', ') },
          ...(p.referents === null ? [] : [{ cle: 'Référents', valeur: p.referents }]),
          ...(d.prevueLe ? [{ cle: 'Jour prévu', valeur: jour(d.prevueLe) }] : []),
          { cle: 'Suivie par', valeur: pluriel(p.suiveurs, 'personne') },
          ...(d.registre && d.activiteId
            ? [
                {
                  cle: 'Enregistrement',
                  valeur: (
                    <a className="govuk-link" href={`/registres/${d.registre}/${d.activiteId}`}>
                      Ce qui a été fait
                    </a>
                  ),
                },
              ]
            : []),
          ...(p.recurrence
            ? [
                {
                  cle: 'Lieu suivi',
                  valeur: (
                    <a className="govuk-link" href={`/signalements/recurrences/${p.recurrence.id}`}>
                      {p.recurrence.closeLe ? 'Ce lieu est revenu, suivi clos' : 'Ce lieu revient'}
                    </a>
                  ),
                },
              ]
            : []),
          ...(d.note === null ? [] : [{ cle: 'Satisfaction', valeur: `${d.note} sur 5` }]),
          ...(p.jointes.length > 0 ? [{ cle: 'Jointes', valeur: <ListeDeLiens items={p.jointes.map((x) => ({ id: x.id, corps: lien(x) }))} /> }] : []),
        ]}
      />
      {p.corrigeable && (
        <p className="govuk-body">
          <a className="govuk-link" href={`/signalements/demandes/${d.id}/requalifier`}>
            Corriger l’objet, le lieu ou le jour
          </a>
        </p>
      )}
      {p.revientA && (
        <InsetText>
          Depuis sa correction, cette demande revient à {cat.nomActeurA(p.revientA, d.territoireId)} d’après les règles du circuit. Transmettez-la, ou
          gardez-la.
        </InsetText>
      )}
      <PhotosDuService demandeId={d.id} photos={p.photos} traite={p.traite} publiable={d.closLe === null && d.lecteurs === null} />
      {p.suites.length > 0 && circuit && <Agir {...p} circuit={circuit} />}
      {p.dires.length > 0 && <Dire {...p} />}
      {p.suites.length === 0 && ecrits.length > 0 && <SummaryList carte={{ titre: 'Ce que vous aviez écrit' }} lignes={ecrits} />}
      {p.traite && p.proches.length > 0 && (
        <Section titre="Peut-être la même chose">
          {p.proches.map((x) => (
            <Form key={x.id} action={`/signalements/demandes/${d.id}/joindre`} masques={{ meneur: x.id }}>
              <p className="govuk-body">
                {lien(x)}, {jour(x.jour)}
                {x.metres === null ? '' : `, à ${pluriel(x.metres, 'mètre')}`}{' '}
                {attendUnService(x.etat) && attendUnService(d.etat) ? (
                  <Button variante="discret" petit>
                    Joindre à celle-là
                  </Button>
                ) : (
                  libelleDEtat(circuit, x.etat)
                )}
              </p>
            </Form>
          ))}
        </Section>
      )}
      {p.memes.length > 0 && (
        <p className="govuk-body">
          <a className="govuk-link" href={`/signalements/recurrences/nouvelle?demandes=${p.memes.join('.')}`}>
            Suivre ce lieu : {pluriel(p.memes.length, 'demande')} du même objet
          </a>
        </p>
      )}
      <Section titre="Ce qui s’est passé">
        <Timeline
          items={[...p.evenements].reverse().map((e) => ({
            titre: e.acte === 'etat' || e.acte === 'avec-le-meneur' ? libelleDEtat(circuit, e.vers ?? '') : (ACTES[e.acte] ?? e.acte),
            jour: isoDuMoment(e.quand),
            par: direAuteur(e, cat, d.territoireId),
            contenu: p.entier ? <Contenu e={e} cat={cat} d={d} notes={p.traite} /> : undefined,
          }))}
        />
      </Section>
      {p.traite && circuit && !estMuet(circuit) && (
        <Details resume="Écrire une note" ouvert={erreurDe(p.erreurs, 'note_seule') !== undefined}>
          <Form action={`/signalements/demandes/${d.id}/note`}>
            <Textarea
              nom="note"
              id="note_seule"
              libelle="Note, lue par les services"
              valeur={p.champs.note_seule}
              erreur={erreurDe(p.erreurs, 'note_seule')}
              max={2000}
              lignes={3}
            />
            <Button>Enregistrer la note</Button>
          </Form>
        </Details>
      )}
    </>
  );
}

/** Whoever wrote it; without a name, who it can be: the person who reported, or the service. What the night closes is nobody’s act. */
function direAuteur(e: Evenement, cat: Catalogue, territoireId: string): string | undefined {
  if (e.auteur) return [e.auteur, e.organisationId ? cat.nomActeurA(e.organisationId, territoireId) : ''].filter(Boolean).join(', ');
  if (e.acte === 'recu' || etatDe(e.vers ?? '').parLeDeclarant) return 'la personne qui signale';
  return e.serviceId && e.vers !== 'sans-retour' ? cat.nomActeurA(e.serviceId, territoireId) : undefined;
}

const ListeDeLiens = ({ items }: { items: readonly { id: string; corps: ReactNode }[] }) => (
  <ul className="govuk-list">
    {items.map((x) => (
      <li key={x.id}>{x.corps}</li>
    ))}
  </ul>
);

function Contenu({ e, cat, d, notes }: { e: Evenement; cat: Catalogue; d: Demande; notes: boolean }) {
  const lignes = [
    e.vers === 'transmis' && e.serviceId ? `À : ${cat.nomActeurA(e.serviceId, d.territoireId)}` : '',
    // Of a refusal, it is in the answer.
    e.motif && !e.message.includes(e.motif) ? `Raison : ${e.motif}` : '',
    e.message && `Réponse donnée : ${e.message}`,
    notes && e.note ? `Note : ${e.note}` : '',
    e.jour && e.vers !== 'fait' ? `Prévu le ${jour(e.jour)}` : '',
  ].filter((x) => x !== '');
  return (
    <>
      {lignes.map((l) => (
        <p key={l} className="govuk-body">
          {l}
        </p>
      ))}
      {e.lien && (
        <p className="govuk-body">
          <a className="govuk-link" href={e.lien}>
            Voir
          </a>
        </p>
      )}
    </>
  );
}
