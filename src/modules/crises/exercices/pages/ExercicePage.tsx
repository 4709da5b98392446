import { Button } from '../../../../ui/Button.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { Section } from '../../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../../ui/SummaryList.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import type { ErreurDeChamp } from '../../../../ui/types.ts';
import { duree, jourEtHeure, nombre } from '../../../../ui/typographie.ts';
import { ConfirmerNoms } from '../../conduite/CadreDeConduite.tsx';
import { champ, type Champs, type Salle } from '../../conduite/salle.ts';
import type { Exercice, Inject } from '../exercices.queries.ts';
import { marche } from '../horloge.rules.ts';
import type { Scenario } from '../scenario.schema.ts';

interface Montre {
  i: Inject;
  arrive: boolean;
  /** This person may say what was done of it. */
  sien: boolean;
  /** Who it is for is in the room. */
  nomme: boolean;
}
interface Props {
  salle: Salle;
  exercice: Exercice;
  scenario: Scenario | undefined;
  etablissement: string | null;
  minute: number | null;
  injects: readonly Montre[];
  /** How the page follows the clock; null while it does not. */
  suivi: { secondes: number; arrete: boolean } | null;
  /** The event whose form is open. */
  repondre: string;
  champs: Champs;
  erreurs: readonly ErreurDeChamp[];
}
const MARCHES = { prepare: 'Pas encore commencé', en_cours: 'En cours', en_pause: 'Suspendu', fini: 'Fini' } as const;
const GESTES = { demarrer: 'Démarrer', suspendre: 'Suspendre', reprendre: 'Reprendre', finir: 'Finir l’exercice' } as const;
const GESTES_DE = { prepare: ['demarrer'], en_cours: ['suspendre', 'finir'], en_pause: ['reprendre', 'finir'], fini: [] } as const;

export function ExercicePage(p: Props) {
  const { salle: k, exercice: e } = p;
  const la = marche(e);
  const attente = p.injects.filter((x) => x.arrive && !x.i.traiteLe);
  const traites = p.injects.filter((x) => x.i.traiteLe);
  const aVenir = p.injects.filter((x) => !x.arrive && !x.i.traiteLe);
  return (
    <>
      <SummaryList
        lignes={[
          { cle: 'Scénario', valeur: p.scenario ? `${p.scenario.libelle}. ${p.scenario.sens}` : e.scenario },
          { cle: 'Horloge', valeur: `${MARCHES[la]}${p.minute === null ? '' : `, minute ${p.minute}${p.scenario ? ` sur ${p.scenario.duree}` : ''}`}` },
          ...(e.departLe
            ? [{ cle: 'Commencé', valeur: `le ${jourEtHeure(e.departLe)}${e.pausesS >= 60 ? `, ${duree(Math.round(e.pausesS / 60))} de pause` : ''}` }]
            : []),
          ...(p.etablissement ? [{ cle: 'Établissement', valeur: p.etablissement }] : []),
          ...(e.population > 0 ? [{ cle: 'Habitants invités', valeur: `${nombre(e.population)}, ${e.populationOu}` }] : []),
          {
            cle: 'Participants',
            valeur: [...new Set(k.acteurs.map((a) => k.cat.nomActeurA(a.organisationId, a.territoireId)))].join(', ') || 'aucune organisation nommée',
          },
        ]}
      />
      {k.conduit && !k.fini && GESTES_DE[la].length > 0 && (
        <Form action={`/crises/${k.crise.id}/exercice/horloge`} classe="cr-gestes">
          {GESTES_DE[la].map((g) => (
            <Button key={g} nom="acte" valeur={g} variante={g === 'demarrer' || g === 'reprendre' ? 'principal' : 'secondaire'}>
              {GESTES[g]}
            </Button>
          ))}
        </Form>
      )}
      {p.suivi && (
        <p className="govuk-body-s">
          {p.suivi.arrete ? 'Cette page ne suit plus l’horloge. ' : `Cette page se relit toutes les ${p.suivi.secondes} secondes. `}
          <a className="govuk-link" href={`/crises/${k.crise.id}/exercice${p.suivi.arrete ? '' : '?suivi=non'}`}>
            {p.suivi.arrete ? 'Suivre l’horloge' : 'Arrêter'}
          </a>
        </p>
      )}
      <Section titre="À traiter">
        {attente.length === 0 ? (
          <p className="govuk-body">{la === 'prepare' ? 'Les événements arrivent quand l’exercice commence.' : 'Rien n’attend de réponse.'}</p>
        ) : (
          <div className="cr-injects">
            {attente.map((x) => (
              <ATraiter key={x.i.id} {...x} page={p} />
            ))}
          </div>
        )}
      </Section>
      {k.conduit && aVenir.length > 0 && (
        <Section titre="À venir">
          <p className="govuk-body-s">Vous seuls, qui conduisez, les voyez avant leur minute.</p>
          <Table
            legende="Événements à venir"
            legendeMasquee
            lignes={aVenir}
            cle={(x) => x.i.id}
            colonnes={[
              { cle: 'minute', titre: 'Minute', numerique: true, cellule: (x) => String(x.i.minute) },
              { cle: 'titre', titre: 'Événement', entete: true, cellule: (x) => x.i.titre },
              { cle: 'pour', titre: 'Pour', cellule: (x) => k.cat.nomActeurA(x.i.destinataireId, k.crise.territoireId) },
              { cle: 'texte', titre: 'Texte', cellule: (x) => x.i.texte },
            ]}
          />
        </Section>
      )}
      {traites.length > 0 && (
        <Section titre="Traités">
          <Table
            legende="Événements traités"
            legendeMasquee
            lignes={traites}
            cle={(x) => x.i.id}
            colonnes={[
              { cle: 'titre', titre: 'Événement', entete: true, cellule: (x) => x.i.titre },
              { cle: 'minute', titre: 'Minute', numerique: true, cellule: (x) => String(x.i.minute) },
              { cle: 'traite', titre: 'Traité', cellule: (x) => `${direTraite(e, x.i)}, ${x.i.traitePar ?? ''}` },
              { cle: 'suite', titre: 'Ce qui a été fait', cellule: (x) => x.i.suite ?? '' },
            ]}
          />
        </Section>
      )}
    </>
  );
}

/** An exercise that is stopped has no minute to give. */
const direTraite = (e: Exercice, i: Inject): string => {
  if (i.traiteMinute !== null) return `minute ${i.traiteMinute}`;
  const quand = i.traiteLe ? `, le ${jourEtHeure(i.traiteLe)}` : '';
  return e.finLe && i.traiteLe && i.traiteLe >= e.finLe ? `après la fin${quand}` : `pendant une pause${quand}`;
};

function ATraiter({ i, sien, nomme, page: p }: Montre & { page: Props }) {
  const { salle: k } = p;
  const ouvert = p.repondre === i.id;
  const f = champ(ouvert ? p.champs : {}, ouvert ? p.erreurs : []);
  const destinataire = k.cat.nomActeurA(i.destinataireId, k.crise.territoireId);
  return (
    <article className="cr-inject" aria-labelledby={`inject-${i.id}`}>
      <h3 className="govuk-heading-s" id={`inject-${i.id}`}>
        {i.titre} <Tag ton="laiton">Minute {i.minute}</Tag>
      </h3>
      <p className="govuk-body-s">
        Pour {destinataire}
        {!nomme && k.conduit && ', qui n’est pas dans la salle : jouez-le à sa place'}
      </p>
      <p className="govuk-body">{i.texte}</p>
      {k.conduit && <p className="govuk-body-s">Attendu : {i.attendu}</p>}
      {sien &&
        !k.fini &&
        (ouvert ? (
          <Form action={`/crises/${k.crise.id}/injects/${i.id}`}>
            <Textarea {...f('suite')} libelle="Ce que vous avez fait" lignes={3} max={1000} />
            <ConfirmerNoms erreurs={p.erreurs} />
            <Button petit>Noter</Button>
          </Form>
        ) : (
          <p className="govuk-body">
            <a className="govuk-link" href={`/crises/${k.crise.id}/exercice?repondre=${i.id}#inject-${i.id}`}>
              Dire ce qui a été fait<span className="govuk-visually-hidden"> : {i.titre}</span>
            </a>
          </p>
        ))}
    </article>
  );
}
