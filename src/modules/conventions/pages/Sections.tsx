/** Sections of the page of an act: parties, texts, reviews, promises. */
import { Details } from '../../../ui/Details.tsx';
import { Section } from '../../../ui/PageHeader.tsx';
import { Table } from '../../../ui/Table.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { jour, jourCourt, jourDuMoment, nombre, pluriel } from '../../../ui/typographie.ts';
import type { Engagement, Partie, Version } from '../conventions.queries.ts';
import { ISSUES, prochainDu, revueDue, sOuvre } from '../conventions.rules.ts';
import { direAuteur, direMois, direMot, direSignature, nomDePartie } from '../mots.ts';
import { attendDe } from '../signatures.rules.ts';
import type { ConventionPageProps } from './acte.vue.ts';

const ajouter = (p: ConventionPageProps, href: string, libelle: string) =>
  p.tient && !['denoncee', 'remplacee'].includes(p.ligne.etat) ? (
    <a className="govuk-link" href={`/conventions/${p.acte.id}/${href}`}>
      {libelle}
    </a>
  ) : undefined;
const nomDe = (p: ConventionPageProps, x: Partie): string => nomDePartie(p.catalogue, x);
const RIEN = (texte: string) => <p className="govuk-body">{texte}</p>;

export function Parties(p: ConventionPageProps) {
  const charte = sOuvre(p.acte.nature);
  const restent = p.parties.filter((x) => x.retireeLe === null);
  const noms = new Map(p.parties.map((x) => [x.id, nomDe(p, x)]));
  const signees = restent.filter((x) => x.signeeLe && x.etat !== 'contestee').length;
  const etat = (x: Partie) => {
    const dit = direSignature(x, p.catalogue, p.travail);
    if (x.retireeLe)
      return (
        <>
          {dit} <Tag>retirée le {jourCourt(x.retireeLe)}</Tag>
        </>
      );
    if (x.etat === 'contestee')
      return (
        <>
          <Tag ton="garance">signature contestée</Tag>
          <span className="c-note c-acte__detail">{dit}</span>
        </>
      );
    if (x.signeeLe) return dit;
    return p.acte.effet && p.acte.effet < p.aujourdhui ? <Tag ton="garance">signature en retard</Tag> : <Tag ton="laiton">signature attendue</Tag>;
  };
  const agir = (x: Partie): string => {
    if (x.signeeLe === null) return 'Noter la signature';
    if (x.etat === 'contestee') return p.confirme(x.organisationId) ? 'Confirmer, ou corriger' : 'Corriger, ou annuler';
    if (attendDe(x) === 'partie' && p.confirme(x.organisationId)) return 'Confirmer ou contester';
    return charte && x.retireeLe === null ? 'Corriger, noter un retrait' : 'Corriger';
  };
  return (
    <Section
      titre={charte ? `Signataires : ${nombre(signees)}` : 'Parties et signatures'}
      id="parties"
      actions={ajouter(p, 'parties/nouvelle', charte ? 'Ajouter un signataire' : 'Ajouter une partie')}
    >
      {p.parties.length === 0 ? (
        RIEN(charte ? 'Personne n’a encore signé.' : 'Aucune partie n’est encore nommée.')
      ) : (
        <Table
          legende={pluriel(p.parties.length, 'partie')}
          legendeMasquee
          dense
          lignes={p.parties}
          cle={(x) => x.id}
          colonnes={[
            { cle: 'nom', titre: charte ? 'Signataire' : 'Partie', entete: true, cellule: (x: Partie) => nomDe(p, x) },
            { cle: 'etat', titre: 'Signature', cellule: etat },
            ...(p.travail
              ? [{ cle: 'qui', titre: 'Qui signe', cellule: (x: Partie) => [x.signataire, x.fonction].filter((v) => v !== '').join(', ') || 'non dit' }]
              : []),
            ...(p.parties.some((x) => p.repond(x.organisationId))
              ? [
                  {
                    cle: 'agir',
                    titre: 'Agir',
                    titreMasque: true,
                    cellule: (x: Partie) =>
                      p.repond(x.organisationId) && (x.signeeLe !== null || (x.retireeLe === null && (!p.finie || p.ligne.etat === 'quittee'))) ? (
                        <a className="govuk-link" href={`/conventions/${p.acte.id}/parties/${x.id}`}>
                          {agir(x)}
                          <span className="govuk-visually-hidden"> : {nomDe(p, x)}</span>
                        </a>
                      ) : (
                        ''
                      ),
                  },
                ]
              : []),
          ]}
        />
      )}
      {p.mots.length > 0 && (
        <Details resume="Historique des signatures">
          <Table
            legende="Historique des signatures"
            legendeMasquee
            dense
            lignes={p.mots}
            cle={(m) => `${m.partieId} ${m.rang}`}
            colonnes={[
              { cle: 'quand', titre: 'Quand', cellule: (m) => jourDuMoment(m.quand) },
              { cle: 'partie', titre: charte ? 'Signataire' : 'Partie', entete: true, cellule: (m) => noms.get(m.partieId) ?? '' },
              { cle: 'quoi', titre: 'Quoi', cellule: direMot },
              { cle: 'par', titre: 'Par', cellule: (m) => direAuteur(m, p.catalogue) },
            ]}
          />
        </Details>
      )}
    </Section>
  );
}

export function Textes(p: ConventionPageProps) {
  const lisibles = p.versions.filter((v) => v.lisible).length;
  return (
    <Section titre="Textes et avenants" id="textes" actions={ajouter(p, 'textes/nouveau', 'Déposer un texte ou un avenant')}>
      {p.versions.length === 0 ? (
        RIEN('Aucun texte n’a jamais été déposé.')
      ) : (
        <Table
          legende={pluriel(p.versions.length, 'version')}
          legendeMasquee
          dense
          lignes={p.versions}
          cle={(v) => v.id}
          colonnes={[
            {
              cle: 'quoi',
              titre: 'Version',
              entete: true,
              cellule: (v: Version) => `${v.genre === 'avenant' ? 'Avenant' : 'Texte'} n° ${v.numero} : ${v.resume}`,
            },
            {
              cle: 'signe',
              titre: 'Signé le',
              cellule: (v) => (v.signeeLe ? jour(v.signeeLe) : 'non dit'),
            },
            {
              cle: 'fin',
              titre: 'Fin de l’acte',
              cellule: (v) => (v.finApres ? `portée ${v.finAvant ? `du ${jourCourt(v.finAvant)} ` : ''}au ${jourCourt(v.finApres)}` : 'inchangée'),
            },
            {
              cle: 'fichier',
              titre: 'Fichier',
              cellule: (v) =>
                v.fichierId ? (
                  <a className="govuk-link" href={`/conventions/${p.acte.id}/textes/${v.id}/fichier`}>
                    {v.fichierNom}
                  </a>
                ) : (
                  'mots seuls'
                ),
            },
            ...(p.travail ? [{ cle: 'par', titre: 'Déposé', cellule: (v: Version) => `le ${jourDuMoment(v.quand)} par ${v.par}` }] : []),
          ]}
        />
      )}
      {lisibles > 1 && (
        <p className="govuk-body">
          <a className="govuk-link" href={`/conventions/${p.acte.id}/comparer`}>
            Comparer deux versions
          </a>
        </p>
      )}
    </Section>
  );
}

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
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

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
              cellule: (e: Engagement) =>
                p.repond(e.organisationId) ? (
                  <a className="govuk-link" href={`/conventions/${p.acte.id}/engagements/${e.id}`}>
                    {e.libelle}
                  </a>
                ) : (
                  e.libelle
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
                return f ? `${jour(f.fait_le)}${f.preuve ? ` : ${f.preuve}` : ''}` : 'jamais';
              },
            },
          ]}
        />
      )}
    </Section>
  );
}
