/** Sections of the page of an act: parties, texts, reviews, promises. */
import { Details } from '../../../ui/Details.tsx';
import { Section } from '../../../ui/PageHeader.tsx';
import { Table } from '../../../ui/Table.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { enumerer, jour, jourCourt, jourDuMoment, nombre, pluriel } from '../../../ui/typographie.ts';
import type { Engagement, Partie, Version } from '../conventions.queries.ts';
import { ISSUES, prochainDu, revueDue, sOuvre } from '../conventions.rules.ts';
import { direAuteur, direMois, direMot, direParoleDite, direSignature, nomDePartie, surQuelleParole } from '../mots.ts';
import { attendDe, attendue, ensemble, type EtatDeParole } from '../paroles.rules.ts';
import type { ConventionPageProps } from './acte.vue.ts';

const ajouter = (p: ConventionPageProps, href: string, libelle: string) =>
  p.tient && !['denoncee', 'remplacee'].includes(p.ligne.etat) ? (
    <a className="govuk-link" href={`/conventions/${p.acte.id}/${href}`}>
      {libelle}
    </a>
  ) : undefined;
const nomDe = (p: ConventionPageProps, x: Partie): string => nomDePartie(p.catalogue, x);
export const etatsDe = (p: Pick<ConventionPageProps, 'paroles'>, objet: string): EtatDeParole[] =>
  p.paroles.filter((x) => x.objetId === objet).map((x) => x.etat);
/** Confirmed by each party that it was asked of: until then the former end runs. */
export const avenantCompte = (p: Pick<ConventionPageProps, 'paroles'>, v: Version): boolean => v.genre !== 'avenant' || ensemble(etatsDe(p, v.id));
/** What an avenant, a review or a promise rests on: who noted it, and which parties have not said that it is theirs. */
function Attente({ p, objet }: { p: ConventionPageProps; objet: string }) {
  const dites = p.paroles.filter((x) => x.objetId === objet && x.genre !== 'tenu');
  const [premiere] = dites;
  if (!premiere || ensemble(dites.map((x) => x.etat))) return null;
  const nommer = (etat: EtatDeParole) => enumerer(dites.filter((x) => x.etat === etat).map((x) => p.catalogue.nomActeur(x.de)));
  const [attend, conteste, retire] = [nommer('notee'), nommer('contestee'), nommer('annulee')];
  return (
    <>
      {' '}
      <Tag ton={conteste || retire ? 'garance' : 'laiton'}>{retire ? 'retiré' : conteste ? 'contesté' : 'à confirmer'}</Tag>
      <span className="c-note c-acte__detail">
        {[
          `note de ${p.catalogue.nomActeur(premiere.organisationId)}`,
          conteste && `contestation de ${conteste}`,
          retire && `note retirée pour ${retire}`,
          attend && !retire && `à confirmer par ${attend}`,
        ]
          .filter(Boolean)
          .join(' ; ')}
      </span>
    </>
  );
}
const RIEN = (texte: string) => <p className="govuk-body">{texte}</p>;

export function Parties(p: ConventionPageProps) {
  const charte = sOuvre(p.acte.nature);
  const restent = p.parties.filter((x) => x.retireeLe === null);
  const noms = new Map(p.parties.map((x) => [x.id, nomDe(p, x)]));
  const signees = restent.filter((x) => x.signeeLe && x.etat !== 'contestee').length;
  const etat = (x: Partie) => {
    const dit = direSignature(x, p.catalogue, p.travail);
    const retrait = p.paroles.findLast((m) => m.genre === 'retrait' && m.objetId === x.id);
    if (x.retireeLe)
      return (
        <>
          {dit} <Tag>retirée le {jourCourt(x.retireeLe)}</Tag>
          {retrait && <span className="c-note c-acte__detail">{surQuelleParole(retrait, p.catalogue, p.travail)}</span>}
        </>
      );
    if (retrait && attendue([retrait.etat]))
      return (
        <>
          {dit} <Tag ton={retrait.etat === 'contestee' ? 'garance' : 'laiton'}>{retrait.etat === 'contestee' ? 'retrait contesté' : 'retrait à confirmer'}</Tag>
          <span className="c-note c-acte__detail">{surQuelleParole(retrait, p.catalogue, p.travail)}</span>
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
              cellule: (v: Version) => (
                <>
                  {`${v.genre === 'avenant' ? 'Avenant' : 'Texte'} n° ${v.numero} : ${v.resume}`}
                  <Attente p={p} objet={v.id} />
                </>
              ),
            },
            {
              cle: 'signe',
              titre: 'Signé le',
              cellule: (v) => (v.signeeLe ? jour(v.signeeLe) : 'non dit'),
            },
            {
              cle: 'fin',
              titre: 'Fin de l’acte',
              cellule: (v) =>
                v.finApres && !avenantCompte(p, v)
                  ? etatsDe(p, v.id).includes('annulee')
                    ? 'inchangée'
                    : `inchangée ; portée au ${jourCourt(v.finApres)} si les parties confirment`
                  : v.finApres
                    ? `portée ${v.finAvant ? `du ${jourCourt(v.finAvant)} ` : ''}au ${jourCourt(v.finApres)}`
                    : 'inchangée',
            },
            {
              cle: 'fichier',
              titre: 'Fichier',
              cellule: (v) =>
                v.fichierId && !p.travail && !p.acte.fichiersPublics.includes(v.id) ? (
                  'non donné à tous'
                ) : v.fichierId ? (
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
    if (!ensemble(promesseDe(p, e))) return `${jour(du)}, si elle le confirme`;
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
