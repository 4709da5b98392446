import { Button } from '../../../ui/Button.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../ui/SummaryList.tsx';
import { Table } from '../../../ui/Table.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import type { ErreurDeChamp } from '../../../ui/types.ts';
import { jour, jourEtHeure, nombre, formatPeriode as direPeriode, pluriel } from '../../../ui/typographie.ts';
import { nombreSaisi } from '../../../core/nombres.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { cleDe, type Compteur, type Etape, etapesDe, type Nombres, SENS, teneurs, totalDe, valeursDe } from './compteur.rules.ts';
import type { Periode, Releve } from './compteur.queries.ts';
import { cheminDePeriode, periodeDe } from './compteurs.dus.ts';

const direNombre = (e: Etape, n: number | null | undefined): string =>
  n === null || n === undefined ? 'non compté' : e.sens === 'delai' ? pluriel(n, 'jour') : nombre(n);

/** Given, awaited or late: never a zero in place of what nobody said. */
function Etat({ p, aujourdhui }: { p: Periode; aujourdhui: string }) {
  if (p.donneeLe) return <Tag ton="vert">donné</Tag>;
  return p.dueLe < aujourdhui ? <Tag ton="garance">en retard depuis le {jour(p.dueLe)}</Tag> : <Tag ton="bleu">attendu pour le {jour(p.dueLe)}</Tag>;
}

interface Situation {
  catalogue: Catalogue;
  compteur: Compteur;
  aujourdhui: string;
}
/** Periods of a counter, the latest first, and for each of them what its holders said. */
export function CompteurSection({ s, periodes, nombres }: { s: Situation; periodes: readonly Periode[]; nombres: ReadonlyMap<string, Nombres> }) {
  const { compteur: c, catalogue: cat, aujourdhui } = s;
  return (
    <Section titre={c.titre} id={c.code}>
      <p className="govuk-body">{c.objet}</p>
      <p className="c-note">{c.exclut}</p>
      {teneurs(c).map((o) => {
        const etapes = etapesDe(c, o);
        return (
          <Table
            key={o}
            legende={`${c.titre} : ce que compte ${cat.nomActeur(o)}`}
            dense
            vide={
              <p className="govuk-body" key={o}>
                {cat.nomActeur(o)} : aucune période n’est finie.
              </p>
            }
            colonnes={[
              {
                cle: 'periode',
                titre: 'Période',
                entete: true,
                cellule: (p) => (
                  <a className="govuk-link" href={cheminDePeriode(p.id)}>
                    {direPeriode(periodeDe(p))}
                    <span className="govuk-visually-hidden">
                      {' '}
                      : {c.titre}, {cat.nomActeur(o)}
                    </span>
                  </a>
                ),
              },
              { cle: 'etat', titre: 'État', cellule: (p) => <Etat p={p} aujourdhui={aujourdhui} /> },
              ...etapes.map((e) => ({
                cle: e.code,
                titre: e.libelle,
                numerique: true,
                cellule: (p: Periode) => (p.donneeLe ? direNombre(e, totalDe(c, e, nombres.get(p.id) ?? {})) : ''),
              })),
            ]}
            lignes={periodes.filter((p) => p.organisationId === o)}
            cle={(p) => p.id}
          />
        );
      })}
    </Section>
  );
}

interface Props extends Situation {
  periode: Periode;
  releves: readonly Releve[];
  /** May give them. */
  donne: boolean;
  erreurs: readonly ErreurDeChamp[];
  /** What was typed; null: what was given last. */
  saisi: ((champ: string) => string) | null;
}
export function CompteurPage({ catalogue: cat, compteur: c, aujourdhui, periode: p, releves, donne, erreurs, saisi }: Props) {
  const etapes = etapesDe(c, p.organisationId);
  const dernier = releves[0];
  const valeur = (cle: string) => {
    const n = dernier?.nombres[cle];
    return saisi ? saisi(`n.${cle}`) : n === undefined ? '' : nombreSaisi(n);
  };
  const erreurDe = (champ: string) => {
    const message = erreurs.find((e) => e.champ === champ)?.message;
    return message ? { erreur: message } : {};
  };
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <PageHeader surtitre={c.titre} titre={direPeriode(periodeDe(p))} chapo={c.objet} etiquette={<Etat p={p} aujourdhui={aujourdhui} />} />
      <p className="govuk-body">{c.exclut}</p>
      <SummaryList
        lignes={[
          { cle: 'Qui compte', valeur: cat.nomActeur(p.organisationId) },
          { cle: 'À donner', valeur: `avant le ${jour(p.dueLe)}` },
        ]}
      />
      {dernier && (
        <Section titre="Nombres donnés" id="nombres">
          <Table
            legende={`Donnés le ${jourEtHeure(dernier.donneLe)} par ${dernier.auteur}, d’après : ${dernier.source}`}
            colonnes={[
              { cle: 'etape', titre: 'Étape', entete: true, cellule: (e) => e.libelle },
              { cle: 'sens', titre: 'Ce que c’est', cellule: (e) => SENS[e.sens] },
              ...valeursDe(c).map((v) => ({
                cle: v?.code ?? 'nombre',
                titre: v?.libelle ?? 'Nombre',
                numerique: true,
                cellule: (e: Etape) => direNombre(e, dernier.nombres[cleDe(e.code, v?.code ?? null)]),
              })),
            ]}
            lignes={etapes}
            cle={(e) => e.code}
            forme={c.par ? 'large' : 'cartes'}
          />
        </Section>
      )}
      {releves.length > 1 && (
        <Section titre="Versions" id="versions">
          <ol className="govuk-list govuk-list--number" reversed>
            {releves.map((r) => (
              <li key={r.version}>
                {jourEtHeure(r.donneLe)}, {r.auteur} : {etapes.map((e) => `${e.libelle}, ${direNombre(e, totalDe(c, e, r.nombres))}`).join(' ; ')}{' '}
                <span className="c-note">({r.source})</span>
              </li>
            ))}
          </ol>
        </Section>
      )}
      {donne && (
        <Section titre={dernier ? 'Corriger' : 'Donner les nombres'} id="donner">
          <p className="govuk-body">Laissez vide ce que personne ne compte : vide n’est pas zéro.{dernier ? ' Ce qui a été donné reste, avec sa date.' : ''}</p>
          <Form action={cheminDePeriode(p.id)} masques={{ version: String(p.version) }}>
            {etapes.map((e) =>
              valeursDe(c).map((v) => {
                const cle = cleDe(e.code, v?.code ?? null);
                return (
                  <TextInput
                    key={cle}
                    nom={`n.${cle}`}
                    libelle={v ? `${e.libelle} : ${v.libelle}` : e.libelle}
                    type="number"
                    largeur={10}
                    facultatif
                    valeur={valeur(cle)}
                    {...(e.sens === 'delai' ? { suffixe: 'jours' } : {})}
                    {...erreurDe(`n.${cle}`)}
                  />
                );
              }),
            )}
            <TextInput
              nom="source"
              libelle="D’où viennent ces nombres ?"
              aide="Le relevé ou le tableau du service, et sa date. Aucun nom."
              valeur={saisi ? saisi('source') : (dernier?.source ?? '')}
              {...erreurDe('source')}
            />
            <Button>{dernier ? 'Corriger les nombres' : 'Donner les nombres'}</Button>
          </Form>
        </Section>
      )}
    </>
  );
}
