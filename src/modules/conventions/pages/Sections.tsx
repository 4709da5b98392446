/** Sections of the page of an act: parties, texts. */
import { Details } from '../../../ui/Details.tsx';
import { Section } from '../../../ui/PageHeader.tsx';
import { Table } from '../../../ui/Table.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { jour, jourCourt, jourDuMoment, nombre, pluriel } from '../../../ui/typographie.ts';
import type { Partie, Version } from '../conventions.queries.ts';
import { sOuvre } from '../conventions.rules.ts';
import { direAuteur, direMot, direSignature, nomDePartie, surQuelleParole } from '../mots.ts';
import { attendDe, attendue, compte } from '../paroles.rules.ts';
import type { ConventionPageProps } from './acte.vue.ts';
import { Attente, avenantCompte, etatsDe } from './Attente.tsx';

export const ajouter = (p: ConventionPageProps, href: string, libelle: string) =>
  p.tient && !['denoncee', 'remplacee'].includes(p.ligne.etat) ? (
    <a className="govuk-link" href={`/conventions/${p.acte.id}/${href}`}>
      {libelle}
    </a>
  ) : undefined;
const nomDe = (p: ConventionPageProps, x: Partie): string => nomDePartie(p.catalogue, x);
export const RIEN = (texte: string) => <p className="govuk-body">{texte}</p>;

export function Parties(p: ConventionPageProps) {
  const charte = sOuvre(p.acte.nature);
  const restent = p.parties.filter((x) => x.retireeLe === null);
  const noms = new Map(p.parties.map((x) => [x.id, nomDe(p, x)]));
  const signees = restent.filter((x) => x.signeeLe && compte('signature', x.etat)).length;
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
    if (x.etat === 'contestee' || x.etat === 'suspendue')
      return (
        <>
          {x.etat === 'contestee' ? <Tag ton="garance">signature contestée</Tag> : <Tag ton="laiton">à confirmer, ne compte pas</Tag>}
          <span className="c-note c-acte__detail">{dit}</span>
        </>
      );
    if (x.signeeLe || x.raviseeLe) return dit;
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
            { cle: 'etat', titre: 'Signature', phrases: true, cellule: etat },
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
                  ? !attendue(etatsDe(p, v.id))
                    ? 'inchangée'
                    : p.paroles.some((x) => x.objetId === v.id && x.depasse)
                      ? 'inchangée ; elle a été corrigée depuis : l’avenant est à déposer de nouveau'
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
