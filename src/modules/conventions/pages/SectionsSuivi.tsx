/** Sections of the page of an act: reviews, promises. */
import { Section } from '../../../ui/PageHeader.tsx';
import { Table } from '../../../ui/Table.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { jour, jourDuMoment, pluriel } from '../../../ui/typographie.ts';
import type { Engagement } from '../conventions.queries.ts';
import { ISSUES, prochainDu, revueDue } from '../conventions.rules.ts';
import { direMois, direPromesse, direParoleDite, surQuelleParole } from '../mots.ts';
import { attendue, ensemble, type EtatDeParole } from '../paroles.rules.ts';
import type { ConventionPageProps } from './acte.vue.ts';
import { Attente } from './Attente.tsx';
import { ajouter, RIEN } from './Sections.tsx';

export function Revues(p: ConventionPageProps) {
  const due = revueDue(p.acte, p.aujourdhui);
  return (
    <Section titre="Revues" id="revues" actions={ajouter(p, 'revues/nouvelle', 'Noter une revue')}>
      <p className="govuk-body">
        {p.acte.revueMois === null
          ? 'L’acte ne demande pas de revue.'
          : due === null
            ? `Revue ${direMois(p.acte.revueMois)}, à compter de l’entrée en vigueur.`
            : due < p.aujourdhui
              ? `La revue était due le ${jour(due)} : elle est en retard.`
              : `Prochaine revue au plus tard le ${jour(due)}.`}
      </p>
      {p.revues.length > 0 && (
        <ul className="govuk-list govuk-list--bullet">
          {p.revues.toReversed().map((r) => (
            <li key={r.id}>
              {jour(r.tenueLe)} : {ISSUES[r.issue]}
              {r.texte && <span className="c-paragraphes">. {r.texte}</span>}
              <Attente p={p} objet={r.id} />
              <span className="c-note c-acte__detail">
                Écrit par {[r.par, r.organisationId && p.catalogue.nomActeur(r.organisationId)].filter(Boolean).join(', ')}, le {jourDuMoment(r.quand)}.
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

const promesseDe = (p: ConventionPageProps, e: Engagement): EtatDeParole[] =>
  p.paroles.filter((x) => x.genre === 'promesse' && x.objetId === e.id).map((x) => x.etat);
export function Engagements(p: ConventionPageProps) {
  const site = p.acte.nature === 'protocole-site';
  const prochain = (e: Engagement) =>
    prochainDu(
      e,
      e.faits.map((f) => f.du_le),
    );
  const ou = (e: Engagement) => {
    const du = prochain(e);
    if (du === null) return e.arreteLe ? <Tag>arrêté</Tag> : <Tag ton="vert">tenu</Tag>;
    if (p.finie) return 'n’est plus dû';
    const promesse = promesseDe(p, e);
    if (!ensemble(promesse)) return direPromesse(promesse) ?? `${jour(du)}, si elle le confirme`;
    return (
      <>
        {jour(du)} {du < p.aujourdhui && <Tag ton="garance">en retard</Tag>}
      </>
    );
  };
  return (
    <Section
      titre={site ? 'Liste de contrôle' : 'Engagements'}
      id="engagements"
      actions={ajouter(p, 'engagements/nouveau', site ? 'Ajouter un point à vérifier' : 'Ajouter un engagement')}
    >
      {p.engagements.length === 0 ? (
        RIEN(site ? 'Aucun point à vérifier.' : 'Aucun engagement daté.')
      ) : (
        <Table
          legende={pluriel(p.engagements.length, site ? 'point' : 'engagement')}
          legendeMasquee
          dense
          lignes={p.engagements}
          cle={(e) => e.id}
          colonnes={[
            {
              cle: 'quoi',
              titre: site ? 'À vérifier' : 'Promis',
              entete: true,
              cellule: (e: Engagement) => (
                <>
                  {p.repond(e.organisationId) ? (
                    <a className="govuk-link" href={`/conventions/${p.acte.id}/engagements/${e.id}`}>
                      {e.libelle}
                    </a>
                  ) : (
                    e.libelle
                  )}
                  <Attente p={p} objet={e.id} />
                </>
              ),
            },
            { cle: 'qui', titre: 'Par', cellule: (e) => p.catalogue.nomActeur(e.organisationId) },
            { cle: 'rythme', titre: 'Rythme', cellule: (e) => (e.tousLesMois === null ? 'une fois' : direMois(e.tousLesMois)) },
            { cle: 'du', titre: 'Pour le', cellule: ou },
            {
              cle: 'fait',
              titre: 'Dernière fois',
              cellule: (e) => {
                const f = e.faits.at(-1);
                const note = p.paroles.findLast((x) => x.genre === 'tenu' && x.objetId === e.id && attendue([x.etat]));
                return (
                  <>
                    {f
                      ? `${jour(f.fait_le)}${f.preuve ? ` : ${f.preuve}` : ''}${f.organisation_id ? ` (dit par ${p.catalogue.nomActeur(f.organisation_id)})` : ''}`
                      : 'jamais'}
                    {note && (
                      <>
                        {' '}
                        <Tag ton={note.etat === 'contestee' ? 'garance' : 'laiton'}>{note.etat === 'contestee' ? 'contesté' : 'à confirmer'}</Tag>
                        <span className="c-note c-acte__detail">{`${direParoleDite(note, true)}. ${surQuelleParole(note, p.catalogue, true)}`}</span>
                      </>
                    )}
                  </>
                );
              },
            },
          ]}
        />
      )}
    </Section>
  );
}
