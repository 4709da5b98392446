import { Button } from '../../../../ui/Button.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { enSuite } from '../../../../ui/enSuite.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { Section } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import type { ErreurDeChamp } from '../../../../ui/types.ts';
import { jourEtHeure, moment, nombre } from '../../../../ui/typographie.ts';
import { ConfirmerNoms } from '../../conduite/CadreDeConduite.tsx';
import { champ, type Champs, type Salle } from '../../conduite/salle.ts';
import { court, type Moyen, type Soutien } from '../../soutien.schema.ts';
import type { DemandeDeMoyen, Passage, Stock } from '../moyens.queries.ts';
import { DEHORS, direStock, ETATS_MOYEN, type passagesDepuis } from '../moyens.rules.ts';

interface Montree {
  d: DemandeDeMoyen;
  moyen: Moyen | undefined;
  passages: readonly Passage[];
  suites: ReturnType<typeof passagesDepuis>;
}
export interface Dehors {
  moyen: string;
  nombre: number;
  /** `ailleurs`: in a room that this person does not enter. */
  salle: 'ici' | 'ailleurs' | { id: string; titre: string; close: boolean };
}
interface Props {
  salle: Salle;
  soutien: Soutien;
  stocks: readonly Stock[];
  /** What is out of it, room by room. */
  dehors: readonly Dehors[];
  /** Requests in all; those that are not shown being the oldest of what is over. */
  enTout: number;
  demandes: readonly Montree[];
  /** Those whose number this person says. */
  tenus: readonly Moyen[];
  champs: Champs;
  erreurs: readonly ErreurDeChamp[];
  /** Request whose form was refused. */
  ouverte: string;
}
const stockDe = (stocks: readonly Stock[], moyen: string): Stock =>
  stocks.find((s) => s.moyen === moyen) ?? { moyen, total: null, ditPar: '', ditLe: null, dehors: 0 };

export function MoyensPage(p: Props) {
  const { salle: k } = p;
  const peut = k.ecrit && !k.fini;
  const change = p.demandes.some((x) => x.suites.length > 0);
  return (
    <>
      <Section titre="Demandes">
        {p.enTout > p.demandes.length && (
          <p className="govuk-body">
            {nombre(p.demandes.length)} demandes sur {nombre(p.enTout)} : celles en cours, puis les dernières finies. Les autres sont dans la main courante.
          </p>
        )}
        {k.fini && p.demandes.some((x) => DEHORS.includes(x.d.etat)) && (
          <p className="govuk-body">La crise est close : ce qui est encore dehors se dit rendu ici.</p>
        )}
        <Table
          legende="Demandes de moyens"
          legendeMasquee
          lignes={p.demandes}
          cle={(x) => x.d.id}
          vide={<p className="govuk-body">Aucun moyen n’a été demandé.</p>}
          colonnes={[
            { cle: 'numero', titre: 'N°', cellule: (x) => String(x.d.numero), numerique: true },
            { cle: 'moyen', titre: 'Moyen', entete: true, cellule: (x) => `${x.d.nombre} × ${x.moyen ? court(x.moyen) : x.d.moyen}` },
            { cle: 'lieu', titre: 'Où', cellule: (x) => x.d.lieu },
            { cle: 'par', titre: 'Pour', cellule: (x) => k.cat.nomActeurA(x.d.demandeurId, k.crise.territoireId) },
            { cle: 'etat', titre: 'État', cellule: (x) => <Etat {...x} maintenant={k.qui.le} /> },
            ...(change ? [{ cle: 'suite', titre: 'Suite', cellule: (x: Montree) => <Suite {...x} page={p} /> }] : []),
          ]}
        />
      </Section>
      {peut && <Demander {...p} />}
      <Section titre="Combien il y en a">
        <Table
          legende="Moyens et nombre disponible"
          legendeMasquee
          lignes={p.soutien.moyens}
          cle={(m) => m.code}
          colonnes={[
            { cle: 'moyen', titre: 'Moyen', entete: true, cellule: (m) => (m.sigle ? `${m.libelle} (${m.sigle})` : m.libelle) },
            { cle: 'tenu', titre: 'Tenu par', cellule: (m) => k.cat.nomActeur(m.tenu_par) },
            { cle: 'reste', titre: k.crise.exercice ? 'Reste dans l’exercice' : 'Reste', cellule: (m) => direStock(stockDe(p.stocks, m.code)) },
            { cle: 'dehors', titre: 'Dehors', cellule: (m) => <OuSontIls dehors={p.dehors.filter((d) => d.moyen === m.code)} /> },
            { cle: 'dit', titre: 'Déclaré', cellule: (m) => direQuand(stockDe(p.stocks, m.code)) },
            ...(p.tenus.length > 0
              ? [
                  {
                    cle: 'declarer',
                    titre: 'Déclarer',
                    titreMasque: true,
                    cellule: (m: Moyen) => (p.tenus.includes(m) ? <Declarer page={p} moyen={m} /> : null),
                  },
                ]
              : []),
          ]}
        />
      </Section>
    </>
  );
}
const direQuand = (s: Stock): string => (s.ditLe ? `par ${s.ditPar}, le ${jourEtHeure(s.ditLe)}` : '');

/** A room that this person does not enter keeps its name. */
function OuSontIls({ dehors }: { dehors: readonly Dehors[] }) {
  const ailleurs = dehors.filter((d) => d.salle === 'ailleurs').reduce((n, d) => n + d.nombre, 0);
  if (dehors.length === 0) return <>aucun</>;
  return (
    <ul className="govuk-list cr-dehors">
      {enSuite(
        dehors.filter((d) => d.salle !== 'ailleurs'),
        ({ nombre: n, salle }) => (
          <li>
            {nombre(n)}{' '}
            {typeof salle === 'string' ? (
              'ici'
            ) : (
              <>
                dans{' '}
                <a className="govuk-link" href={`/crises/${salle.id}/moyens`}>
                  {salle.titre}
                </a>
                {salle.close && ' (close)'}
              </>
            )}
          </li>
        ),
      )}
      {ailleurs > 0 && <li>{nombre(ailleurs)} dans une autre salle</li>}
    </ul>
  );
}

function Etat({ d, passages, maintenant }: Montree & { maintenant: Date }) {
  return (
    <>
      <Tag ton={ETATS_MOYEN[d.etat].ton}>{ETATS_MOYEN[d.etat].libelle}</Tag>
      <ol className="cr-passages">
        {enSuite(passages, (x) => (
          <li>
            {moment(x.le, maintenant)} {ETATS_MOYEN[x.etat].libelle.toLowerCase()}, {x.par}
            {x.motif && ` : ${x.motif}`}
          </li>
        ))}
      </ol>
    </>
  );
}

function Suite({ d, suites, page: p }: Montree & { page: Props }) {
  if (suites.length === 0) return null;
  const base = `/crises/${p.salle.crise.id}/moyens/${d.id}`;
  const f = p.ouverte === d.id ? champ(p.champs, p.erreurs, `${d.id}-`) : champ({}, [], `${d.id}-`);
  const autres = suites.filter((s) => s.vers !== 'refuse');
  return (
    <>
      {autres.length > 0 && (
        <Form action={base} masques={{ de: d.etat }} classe="cr-gestes">
          {enSuite(autres, (s) => (
            <Button petit variante={s.vers === 'retire' ? 'secondaire' : 'principal'} nom="vers" valeur={s.vers}>
              {s.verbe}
              <span className="govuk-visually-hidden"> (n° {d.numero})</span>
            </Button>
          ))}
        </Form>
      )}
      {suites.length > autres.length && (
        <Details resume={`Refuser le n° ${d.numero}`} ouvert={p.ouverte === d.id}>
          <Form action={base} masques={{ de: d.etat, vers: 'refuse' }}>
            <TextInput {...f('motif')} libelle="Pourquoi" aide="Sans nom de personne." />
            {p.ouverte === d.id && <ConfirmerNoms erreurs={p.erreurs} />}
            <Button petit variante="danger">
              Refuser
            </Button>
          </Form>
        </Details>
      )}
    </>
  );
}

function Demander({ salle: k, soutien, champs, erreurs, ouverte }: Props) {
  const f = ouverte ? champ({}, []) : champ(champs, erreurs);
  return (
    <Section titre="Demander un moyen">
      <Form action={`/crises/${k.crise.id}/moyens`}>
        <Select
          {...f('moyen')}
          libelle="Moyen"
          vide="choisir"
          options={soutien.moyens.map((m) => ({
            valeur: m.code,
            libelle: m.sigle ? `${m.sigle}, ${m.libelle.toLowerCase()}` : m.libelle,
            groupe: `Par ${k.cat.nomActeur(m.par)}`,
          }))}
        />
        <TextInput {...f('nombre', '1')} libelle="Combien" inputMode="numeric" largeur={3} />
        <TextInput {...f('lieu', k.crise.lieu)} libelle="Où" aide="Adresse ou repère ; aucun nom de personne." />
        {!ouverte && <ConfirmerNoms erreurs={erreurs} />}
        <Button>Demander</Button>
      </Form>
    </Section>
  );
}

function Declarer({ page: p, moyen: m }: { page: Props; moyen: Moyen }) {
  const nom = `total-${m.code}`;
  const s = stockDe(p.stocks, m.code);
  const erreur = p.erreurs.find((e) => e.champ === nom)?.message;
  return (
    <Details resume={`Dire combien (${court(m)})`} ouvert={erreur !== undefined}>
      <Form action={`/crises/${p.salle.crise.id}/stock`} masques={{ moyen: m.code }}>
        <TextInput
          nom="total"
          id={nom}
          libelle={`Combien en tout (${court(m)})`}
          aide="Vaut pour toutes les crises."
          inputMode="numeric"
          largeur={3}
          valeur={erreur ? (p.champs.total ?? '') : s.total === null ? '' : String(s.total)}
          erreur={erreur}
        />
        <Button petit>Enregistrer</Button>
      </Form>
    </Details>
  );
}
